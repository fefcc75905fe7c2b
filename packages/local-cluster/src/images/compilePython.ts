import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../process/run';
import { PIP_TARGET } from './ImageSpec';

/**
 * Returns the command that compiles Python files below a folder. Compiled files are used without checking their sources
 * (PEP 552), because the files of an image do not change; tests of packages are omitted.
 */
export function compileCommand(folder: string): string[] {
  return [
    ...['python3', '-m', 'compileall', '-q', '-x', '/tests/'],
    ...['--invalidation-mode', 'unchecked-hash', folder],
  ];
}

/**
 * Compiles the Python files of a layer with the interpreter of its base, so that pods do not have to at each start.
 * Otherwise, importing pandas and the runtime takes three times as long.
 *
 * @param root - folder of the layer
 * @param base - tar file of the layer below, which contains `python3`
 */
export async function compilePython(root: string, base: string): Promise<void> {
  const other = `${root}.base`;
  const [own, inBase] = [root, other].map(each => join(each, PIP_TARGET));
  try {
    await mkdir(dirname(inBase), { recursive: true });
    await run('tar', ['--extract', `--file=${base}`, `--directory=${other}`]);
    await rename(own, inBase);
    await run('chroot', [
      ...[other, 'env', 'PYTHONHASHSEED=0'],
      ...compileCommand(PIP_TARGET),
    ]);
    await rename(inBase, own);
  } finally {
    await rm(other, { recursive: true, force: true });
  }
}
