import { repositoryRoot } from '@bailiwick/backstage-cli';
import { build, type Plugin } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The program in one file, and what it needs. */
export interface PortalBundle {
  /** Name of the program's package. */
  name: string;
  /** Folders of the workspaces whose code is in the bundle, sorted. */
  workspaces: string[];
  /** Modules that the bundle loads or looks for with Node's `require`. */
  required: string[];
}

/** Leaves packages of the root's node_modules outside; other versions of a workspace are bundled. */
const installedPackagesOutside: Plugin = {
  name: 'installed packages outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ importer, kind, path }) => {
      if (kind === 'entry-point' || path.startsWith('@bailiwick/')) return {};
      const [name] = /^(@[^/]+\/)?[^/]+/.exec(path)!;
      const workspace = relative(repositoryRoot, importer).split('/', 2);
      const isItsOwn = existsSync(
        join(repositoryRoot, ...workspace, 'node_modules', name),
      );
      return isItsOwn ? {} : { path, external: true };
    });
  },
};

/**
 * Bundles a program with the code of all workspaces that it imports. Packages from the registry stay outside: many look
 * for files of their own.
 *
 * @param workspace - folder of the program's workspace, from the root
 */
export async function bundlePortal(
  workspace: string,
  outfile: string,
): Promise<PortalBundle> {
  const { metafile } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: [join(workspace, 'src/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifyWhitespace: true,
    minifySyntax: true,
    // Libraries and error messages go by the names of classes.
    keepNames: true,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    plugins: [installedPackagesOutside],
  });
  const inputs = Object.keys(metafile.inputs);
  const folders = inputs.map(file => file.split('/').slice(0, 2).join('/'));
  const { name } = JSON.parse(
    await readFile(join(repositoryRoot, workspace, 'package.json'), 'utf8'),
  );
  const code = await readFile(outfile, 'utf8');
  return {
    name,
    workspaces: [...new Set(folders)].sort(),
    required: [
      ...code.matchAll(/\brequire\d*(?:\.resolve)?\("([^"]+)"\)/g),
    ].map(([, id]) => id),
  };
}
