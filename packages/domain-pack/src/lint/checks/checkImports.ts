import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import { knownNamesOf, namesOf, oneOf } from './KnownNames';
import { validArchetypes } from './problemsIn';
import { pythonFiles, type PythonFile } from './pythonFiles';
import { lineAt } from './rawTexts';

/** An import that Python carries out when it reads the file. */
const imported = /^from\s+([A-Za-z_][\w.]*)\s+import\b/gm;

/** Names that are imported from the words of the pack: in parentheses, or on one line without tags of the template. */
const importedWords =
  /^from\s+vocabulary\s+import\s+(?:\(([^){}]*)\)|([^\n(){}*]+)$)/gm;

interface Import {
  file: string;
  line: number;
  module: string;
}

/** Modules that import names from each other, so that Python can read neither, and imports of unknown words. */
export function checkImports(pack: PackSource): Problem[] {
  const words = namesOf(knownNamesOf(pack).vocabulary);
  const files = validArchetypes(pack).map(archetype =>
    pythonFiles(pack, archetype),
  );
  const found = files.flatMap(cycles);
  const unknown = files.flat().flatMap(file => unknownWords(file, words));
  // Archetypes share files.
  return [
    ...new Map(found.map(one => [one.file, one])).values(),
    ...new Map(
      unknown.map(one => [`${one.file}:${one.line}:${one.what}`, one]),
    ).values(),
  ];
}

/** Names that a file imports from `vocabulary` and that are no words of the pack. */
function unknownWords({ file, text }: PythonFile, words: string[]): Problem[] {
  return [...text.matchAll(importedWords)].flatMap(statement => {
    const list = statement[1] ?? statement[2];
    const start = statement.index + statement[0].indexOf(list);
    // Comments become spaces, so that places stay.
    const names = list.replace(/#.*/g, comment => ' '.repeat(comment.length));
    return [...names.matchAll(/(?<![\w.])(?<!\bas\s+)([A-Za-z_]\w*)/g)]
      .filter(({ 1: name }) => name !== 'as' && !words.includes(name))
      .map(({ 1: name, index }) => ({
        file,
        line: lineAt(text, start + index),
        what: `The vocabulary has no type "${name}"`,
        remedy: oneOf(words, name),
      }));
  });
}

function cycles(files: PythonFile[]): Problem[] {
  const modules = files.map(({ module }) => module);
  const imports = new Map(
    files.map(({ file, module, text }) => [
      module,
      [...text.matchAll(imported)]
        .map(({ 1: name, index }) => ({
          file,
          line: lineAt(text, index),
          module: name,
        }))
        .filter(one => modules.includes(one.module)),
    ]),
  );
  const reported = new Set<string>();
  return modules.flatMap(module => {
    const path = pathBack(module, imports);
    if (!path || path.some(one => reported.has(one.module))) return [];
    for (const one of path) reported.add(one.module);
    const [{ file, line }] = path;
    const names = [module, ...path.map(one => one.module)];
    return [
      {
        file,
        line,
        what: `Circular import: ${names.join(' → ')}`,
        remedy: 'Move the shared code into a file that imports neither',
      },
    ];
  });
}

/** Returns the shortest chain of imports that leads from a module back to it. */
function pathBack(
  module: string,
  imports: ReadonlyMap<string, Import[]>,
): Import[] | undefined {
  const queue: Import[][] = (imports.get(module) ?? []).map(one => [one]);
  const seen = new Set<string>();
  for (const path of queue) {
    const last = path.at(-1)!;
    if (last.module === module) return path;
    if (seen.has(last.module)) continue;
    seen.add(last.module);
    for (const next of imports.get(last.module) ?? [])
      queue.push([...path, next]);
  }
  return undefined;
}
