import { globSync } from 'node:fs';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Copies files of a folder, without its node_modules and symbolic links. Anyone can read the copies, and no one can run
 * them, whatever the modes of the originals are.
 *
 * @param isNeeded - decides by the path from the folder
 */
export async function copyFiles(
  from: string,
  to: string,
  isNeeded: (path: string) => boolean,
): Promise<void> {
  const files = globSync('**', {
    cwd: from,
    withFileTypes: true,
    exclude: ({ name }) => name === 'node_modules',
  })
    .filter(entry => entry.isFile())
    .map(({ name, parentPath }) =>
      join(parentPath, name).slice(from.length + 1),
    )
    .filter(isNeeded);
  for (const file of files) {
    const copy = join(to, file);
    await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
    await copyFile(join(from, file), copy);
    await chmod(copy, 0o644);
  }
}
