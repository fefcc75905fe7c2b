import { compileSource } from '../../compile';
import { proposedAnswers } from '../../parameters/proposedAnswers';
import type { Problem } from '../../problem/Problem';
import {
  exampleContext,
  renderArchetype,
  noValue,
  TemplateError,
  type RenderedFile,
} from '../../render';
import type { ArchetypeSource, PackSource } from '../../source/readSource';
import { oneOf, repeated } from './KnownNames';
import { problemsIn } from './problemsIn';
import { lineAt, rawTexts } from './rawTexts';
import { openTag, plainExpressions } from './templateTags';

const hasFunctions = /^functions(\.py|\/__init__\.py)$/;
/** A call of `bailiwick.setting` with a name that is written out. */
const readSetting = /\bsetting\(\s*["'](\w+)["']/g;
const isTest = /^tests\/test_[a-z0-9_]+\.py$/;

/** Code templates that lack something, or that cannot be rendered with the answers of the tests. */
export function checkTemplates(pack: PackSource): Problem[] {
  return pack.archetypes.flatMap(archetype => {
    const { folder, template } = archetype;
    const lacking = partProblems(archetype);
    if (template.size === 0 || lacking.length > 0) return lacking;
    const data = (archetype.source?.datasets ?? []).flatMap(
      name =>
        pack.source?.spec.datasets.find(one => one.name === name)?.file ?? [],
    );
    const collisions = [...template.keys()]
      .filter(path => data.includes(path.replace(/\.njk$/, '')))
      .map(path => ({
        file: `${folder}/template/${path}`,
        what: 'A data set of the archetype has this path',
        remedy: 'Delete the file; apps receive the data set',
      }));
    if (collisions.length > 0) return collisions;
    const asWritten = [
      ...unreplaced(pack, archetype),
      ...strangeSettings(archetype),
    ];
    if (!archetype.source || !pack.source) return asWritten;
    const render = renderingOf(pack, archetype);
    return [
      ...rawTexts(pack, archetype, render),
      ...asWritten,
      ...renderProblems(archetype, render),
    ];
  });
}

/** A place of Backstage's templates, with or without its `$`, in a file that is not rendered. */
const place = /\$?\{\{-?\s*(?:values|pack)\.\w[^{}\n]*\}\}/;
/** Places that are reported of one file. */
const mostPlaces = 10;

/** Places that stay as they are written: without `$`, or in a file that is not rendered. */
function unreplaced(
  { files }: PackSource,
  { folder, template }: ArchetypeSource,
): Problem[] {
  return [...template].flatMap(([path, text]): Problem[] => {
    const file = `${folder}/template/${path}`;
    // Shared files are no templates.
    if (!files.has(file)) return [];
    if (path.endsWith('.njk'))
      return plainExpressions(text)
        .slice(0, mostPlaces)
        .map(({ index, words }) => ({
          file,
          line: lineAt(text, index),
          what: `{{ ${words} }} is not replaced: the dollar sign is missing`,
          remedy: `Write \${{ ${words} }}, or put literal text between {% raw %} and {% endraw %}`,
        }));
    const found = place.exec(text);
    return found
      ? [
          {
            file,
            line: lineAt(text, found.index),
            what: `${found[0]} is not replaced: only files that end in .njk are rendered`,
            remedy: `Rename the file to ${path.split('/').pop()}.njk`,
          },
        ]
      : [];
  });
}

/** Reports settings that the code reads and no one can set, so that values of the environment never arrive. */
function strangeSettings({
  folder,
  source,
  template,
}: ArchetypeSource): Problem[] {
  const names = Object.keys(
    (source?.settings?.properties as object | undefined) ?? {},
  );
  return [...template]
    .filter(([path]) => /\.py(\.njk)?$/.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(readSetting)]
        .filter(({ 1: name }) => !names.includes(name))
        .map(({ 1: name, index }) => ({
          file: `${folder}/template/${path}`,
          line: lineAt(text, index),
          what: `The archetype has no setting "${name}"`,
          remedy:
            names.length > 0
              ? oneOf(names, name)
              : 'Add it with a default under settings.properties of archetype.yaml',
        })),
    );
}

function partProblems({
  document,
  folder,
  template,
}: ArchetypeSource): Problem[] {
  const paths = [...template.keys()].map(path => path.replace(/\.njk$/, ''));
  const lacking = problemsIn(document, refuse => {
    if (!paths.some(path => hasFunctions.test(path)))
      refuse(
        [],
        'The template has no functions',
        `Write ${folder}/template/functions.py.njk`,
      );
    if (!paths.some(path => isTest.test(path)))
      refuse(
        [],
        'The template has no Python tests',
        `Write ${folder}/template/tests/test_functions.py`,
      );
    if (!paths.includes('README.md'))
      refuse(
        [],
        'The template has no README.md',
        `Add ${folder}/template/README.md.njk; builders read it first`,
      );
  });
  const twice = repeated(paths).map(position => ({
    file: `${folder}/template/${paths[position]}`,
    what: 'The file exists twice, with and without .njk',
    remedy: 'Delete one of them',
  }));
  return [...lacking, ...twice];
}

/** Renders the templates of an archetype, without the data that apps get. */
function renderingOf(
  pack: PackSource,
  archetype: ArchetypeSource,
): (answers: Record<string, unknown>) => RenderedFile[] {
  const { metadata, spec } = pack.source!;
  const source = { ...archetype.source!, datasets: [] };
  const [{ files }] = compileSource({
    ...pack,
    source: { ...pack.source!, spec: { ...spec, datasets: [] } },
    archetypes: [{ ...archetype, source }],
  }).spec.archetypes;
  return answers =>
    renderArchetype({ files }, exampleContext({ metadata, spec }, answers));
}

/** Returns the problems of rendering the template with the defaults of the form and with the answers of each test. */
function renderProblems(
  { folder, source, template }: ArchetypeSource,
  render: (answers: Record<string, unknown>) => RenderedFile[],
): Problem[] {
  const proposed = proposedAnswers(source!.parameters);
  const required = (source!.parameters.required ?? []) as string[];
  const isComplete = required.every(name => Object.hasOwn(proposed, name));
  const all = [
    ...(isComplete ? [{}] : []),
    ...source!.tests.map(({ answers = {} }) => answers),
  ];
  const faults = new Map<string, TemplateError>();
  for (const answers of all)
    try {
      render({ ...proposed, ...answers });
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      faults.set(error.message, error);
    }
  return [...faults.values()].map(({ path, reason: why }) => {
    const text = template.get(`${path}.njk`) ?? '';
    const file = `${folder}/template/${path}.njk`;
    const line = Number(/line (\d+)/.exec(why)?.[1]) || undefined;
    const hasNoValue = why.includes(noValue);
    const opened = hasNoValue ? undefined : openTag(text, line);
    const reason =
      opened?.isClosed === false
        ? `Unterminated tag: nothing closes this ${opened.words}`
        : why
            .replace(/^(?:\w*Error: )*/, '')
            .split('\n')[0]
            .replace(/^Template error at line \d+, column \d+: /, '')
            .replace(/^Template filter "given" failed: /, '')
            .replace(/[.?]$/, '');
    return {
      file,
      ...(line && { line: opened ? lineAt(text, opened.index) : line }),
      what: `Can't render the template: ${reason}`,
      remedy: hasNoValue
        ? 'Correct the name, or add a default under parameters'
        : `Correct the template${
            opened ? ': close the tag where its expression ends' : ''
          }`,
    };
  });
}
