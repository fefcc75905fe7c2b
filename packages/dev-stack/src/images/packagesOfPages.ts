import { repositoryRoot } from '@bailiwick/backstage-cli';
import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A package as bills of materials list it. */
interface NpmPackage {
  name: string;
  version: string;
  license?: string;
}

/** Folder of an installed package in the path of one of its files. */
const packageFolder = /[^|]*node_modules\/(@[^/]+\/)?[^/|]+/;

/**
 * Lists the installed packages whose code is in built pages, as their source maps name them, by folder. Packages that
 * contribute only style sheets, fonts or images are not among them.
 *
 * @param workspace - folder of the pages' workspace, from the root
 * @throws Error without source maps
 */
export async function packagesOfPages(
  workspace: string,
): Promise<NpmPackage[]> {
  const folder = join(repositoryRoot, workspace);
  const { name } = await readJson(join(folder, 'package.json'));
  const prefix = `webpack://${name}/`;
  const found = new Set<string>();
  const maps = globSync('dist/static/*.map', { cwd: folder });
  if (maps.length === 0)
    throw new Error(`${workspace} has no source maps, which name its packages`);
  for (const map of maps) {
    const { sources } = await readJson(join(folder, map));
    for (const source of sources as string[]) {
      if (!source.startsWith(prefix)) continue;
      const [installed] = packageFolder.exec(source.slice(prefix.length)) ?? [];
      if (installed) found.add(resolve(folder, installed));
    }
  }
  // Some modules exist only in the build.
  const folders = [...found].filter(path =>
    existsSync(join(path, 'package.json')),
  );
  return Promise.all(
    folders.sort().map(async path => {
      const manifest = await readJson(join(path, 'package.json'));
      const { license, version } = manifest;
      return { name: manifest.name, version, license };
    }),
  );
}

async function readJson(file: string) {
  return JSON.parse(await readFile(file, 'utf8'));
}
