// Finds import cycles across folders. A folder is a directory of one package; a file beside the package's other
// entries in src counts as a folder of its own. Tests and what only they use may import anything.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const imports = /\b(?:from|import)\s*\(?\s*'(\.{1,2}(?:\/[^']*)?)'/g;
const onlyForTests =
  /\.test\.tsx?$|(^|\/)(__testUtils__|__fixtures__|e2e-tests|setupTests\.ts$)/;
const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

/** Folder of a file; the file itself in the source folder of a package. */
function folderOf(file) {
  const folder = dirname(file);
  return /(^|\/)src$/.test(folder) ? file : folder;
}

function resolve(root, from, specifier) {
  const path = normalize(join(dirname(from), specifier));
  const ending = endings.find(
    each => /\.tsx?$/.test(path + each) && existsSync(join(root, path + each)),
  );
  return ending === undefined ? undefined : path + ending;
}

/** Imports between folders, each with one file as an example. */
function edgesOf(root, files) {
  const edges = new Map();
  for (const file of files) {
    const from = folderOf(file);
    for (const [, specifier] of readFileSync(join(root, file), 'utf8').matchAll(
      imports,
    )) {
      const target = resolve(root, file, specifier);
      if (!target) continue;
      const to = folderOf(target);
      if (to === from) continue;
      if (!edges.has(from)) edges.set(from, new Map());
      edges.get(from).set(to, `${file} imports ${target}`);
    }
  }
  return edges;
}

/** The shortest path from a folder back to itself, as the imports along it. */
function cycleOf(edges, start) {
  const queue = [{ folder: start, path: [] }];
  const seen = new Set();
  for (const { folder, path } of queue) {
    for (const [to, example] of edges.get(folder) ?? []) {
      if (to === start) return [...path, example];
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push({ folder: to, path: [...path, example] });
    }
  }
  return undefined;
}

/**
 * Describes each import cycle across folders, once.
 *
 * @param root - of the repository
 * @param files - TypeScript files, relative to it
 */
export function importCycles(root, files) {
  const edges = edgesOf(
    root,
    files.filter(file => /\.tsx?$/.test(file) && !onlyForTests.test(file)),
  );
  const found = new Map();
  for (const start of [...edges.keys()].sort()) {
    const cycle = cycleOf(edges, start);
    if (!cycle) continue;
    const key = [...cycle].sort().join('\n');
    if (!found.has(key))
      found.set(key, `Import cycle across folders:\n  ${cycle.join('\n  ')}`);
  }
  return [...found.values()];
}
