import { execFileSync } from 'node:child_process';
import { compileSource } from '../compile';
import { exampleContext, renderArchetype } from '../render';
import { lintSource } from '../lint';
import type { Problem } from '../problem/Problem';
import type { PackSource } from '../source/readSource';
import { AuthorPlaces } from './AuthorPlaces';
import { firstAnswers } from './trialAnswers';

/**
 * Parses texts and prints `[[position, line, message], …]`; prints `null` with a Python older than that of the
 * runtime.
 */
const program = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
found = []
for position, text in enumerate(json.load(sys.stdin)):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:
        found.append([position, getattr(error, "lineno", None) or 1, getattr(error, "msg", str(error))])
print(json.dumps(found if sys.version_info >= (3, 11) else None))
`;
const longest = 30_000;

/**
 * Returns all problems of the pack in a folder. If there are no others, Python parses the code that the forms render
 * with their defaults: all files in one process, without running them.
 *
 * @param python - Python 3.11 or later; without one the code is not parsed
 * @public
 */
export function lintWithPython(folder: string, python: string): Problem[] {
  const { pack, problems } = lintSource(folder);
  return pack && problems.length === 0
    ? syntaxProblems(pack, python)
    : problems;
}

/** Returns the syntax errors of the rendered code, with the lines of the templates. */
function syntaxProblems(pack: PackSource, python: string): Problem[] {
  const compiled = compileSource(pack);
  const files = pack.archetypes.flatMap(archetype => {
    const rendered = renderArchetype(
      compiled.spec.archetypes.find(({ name }) => name === archetype.name)!,
      exampleContext(compiled, firstAnswers(archetype.source!)),
    );
    // Nothing is written, so the app has no folder.
    const places = new AuthorPlaces(pack, archetype, {
      app: '/no-folder',
      rendered,
    });
    return rendered
      .filter(({ path }) => path.endsWith('.py'))
      .map(({ content, path }) => ({ content, path, places }));
  });
  const found = parse(
    python,
    files.map(({ content }) => content),
  ).map(([position, line, message]) => {
    const { path, places } = files[position];
    const [, file, at] = /^(.*):(\d+)$/.exec(places.words(`${path}:${line}`))!;
    return {
      file,
      line: Number(at),
      what: `Python can't parse the file: ${message}`,
      remedy: 'Correct the code',
    };
  });
  // Archetypes share files.
  return [
    ...new Map(found.map(one => [`${one.file}:${one.line}`, one])).values(),
  ];
}

function parse(
  python: string,
  texts: string[],
): [position: number, line: number, message: string][] {
  try {
    const output = execFileSync(python, ['-I', '-c', program], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: longest,
    });
    return JSON.parse(output) ?? [];
  } catch {
    // Without Python, "pack test" finds it.
    return [];
  }
}
