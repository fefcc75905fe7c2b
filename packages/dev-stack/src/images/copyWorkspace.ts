import { repositoryRoot } from '@bailiwick/backstage-cli';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyFiles } from './copyFiles';

/** Declarations, whose content schemas have; source maps, and the marker of `buildFrontend`. */
const unneeded = /\.d\.ts$|\.map$|^dist\/\.built-from$/;

/**
 * Copies what a workspace would publish besides its code, such as its name, database migrations and pages. Backstage
 * finds them by the package's name.
 *
 * @param workspace - folder of the workspace, from the root
 * @returns the folder of the copy
 */
export async function copyWorkspace(
  workspace: string,
  target: string,
): Promise<string> {
  const from = join(repositoryRoot, workspace);
  const manifest = JSON.parse(
    await readFile(join(from, 'package.json'), 'utf8'),
  );
  const { name, version, license, dependencies } = manifest;
  const published: string[] = manifest.files.filter(
    (each: string) => each !== 'dist' || manifest.backstage.role === 'frontend',
  );
  const to = join(target, 'node_modules', name);
  await mkdir(to, { recursive: true });
  await copyFiles(from, to, path => {
    if (unneeded.test(path)) return false;
    return published.some(each => path === each || path.startsWith(`${each}/`));
  });
  await writeFile(
    join(to, 'package.json'),
    JSON.stringify({ name, version, license, dependencies }),
  );
  return to;
}
