import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../paths';
import type { ProgramSet } from './ProgramSet';

/** Folders of programs that are nothing but a main over library modules. */
const THIN_PROGRAMS = ['kube', 'coredns', 'registry', 'pause'];

/** Returns a short hash of everything that a build of the set depends on. */
export function sourcesHash(set: ProgramSet): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([set.builds, set.links, set.downloads]));
  for (const module of new Set(set.builds.map(build => build.module))) {
    const root = join(packageFolder, module);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(file => isSource(set, file))
      .sort();
    for (const file of files)
      hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

function isSource(set: ProgramSet, file: string): boolean {
  if (/^go\.(mod|sum)$/.test(file)) return true;
  if (!file.endsWith('.go') || file.endsWith('_test.go')) return false;
  const [folder] = file.split(/[\\/]/);
  const builtHere = set.builds.some(build =>
    build.packages.includes(`./${folder}`),
  );
  // Every other folder is a library of the cell program.
  return builtHere || (set.name === 'cell' && !THIN_PROGRAMS.includes(folder));
}
