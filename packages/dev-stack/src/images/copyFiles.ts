import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * Copies files of a folder, without its node_modules and symbolic links.
 *
 * @param isNeeded - decides by the path from the folder
 */
export async function copyFiles(
  from: string,
  to: string,
  isNeeded: (path: string) => boolean,
): Promise<void> {
  const files = await listFiles(from);
  for (const file of files.map(path => relative(from, path)).filter(isNeeded)) {
    const copy = join(to, file);
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(join(from, file), copy);
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const listed = await Promise.all(
    entries.map(entry => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return [path];
      const isSearched = entry.isDirectory() && entry.name !== 'node_modules';
      return isSearched ? listFiles(path) : [];
    }),
  );
  return listed.flat();
}
