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

const viaRequire = 'loaded with require';

/**
 * Leaves packages of the root's node_modules outside; other versions of a workspace are bundled. Packages whose ES
 * modules are for bundlers are loaded with `require`, as Backstage loads them.
 */
const installedPackagesOutside: Plugin = {
  name: 'installed packages outside',
  setup({ onLoad, onResolve }) {
    onResolve(
      { filter: /^[^./]/ },
      async ({ importer, kind, path, namespace }) => {
        if (namespace === viaRequire) return { path, external: true };
        if (kind === 'entry-point' || path.startsWith('@bailiwick/')) return {};
        const [name] = /^(@[^/]+\/)?[^/]+/.exec(path)!;
        const workspace = relative(repositoryRoot, importer).split('/', 2);
        const isItsOwn = existsSync(
          join(repositoryRoot, ...workspace, 'node_modules', name),
        );
        if (isItsOwn) return {};
        return kind === 'import-statement' && (await knownForBundlers(name))
          ? { path, namespace: viaRequire }
          : { path, external: true };
      },
    );
    onLoad({ filter: /^/, namespace: viaRequire }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};

/** Whether Node would take a package's files for bundlers as ES modules, in which imports of CommonJS can fail. */
async function isForBundlers(name: string): Promise<boolean> {
  const file = join(repositoryRoot, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return false;
  const { exports, type } = JSON.parse(await readFile(file, 'utf8'));
  return type !== 'module' && /\.esm\.js$/.test(exports?.['.']?.import ?? '');
}

/** The answers of {@link isForBundlers}: many files import the same packages. */
const answers = new Map<string, Promise<boolean>>();

function knownForBundlers(name: string): Promise<boolean> {
  const answer = answers.get(name) ?? isForBundlers(name);
  answers.set(name, answer);
  return answer;
}

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
    banner: {
      js: 'import{createRequire as createRequireHere}from"node:module";const require=createRequireHere(import.meta.url);',
    },
    metafile: true,
    plugins: [installedPackagesOutside],
  });
  const inputs = Object.keys(metafile.inputs).filter(
    file => !file.startsWith(`${viaRequire}:`),
  );
  const folders = inputs.map(file => file.split('/').slice(0, 2).join('/'));
  const { name } = JSON.parse(
    await readFile(join(repositoryRoot, workspace, 'package.json'), 'utf8'),
  );
  const code = await readFile(outfile, 'utf8');
  return {
    name,
    workspaces: [...new Set(folders)].sort(),
    required: [
      ...code.matchAll(/\b(?:__)?require\d*(?:\.resolve)?\("([^"]+)"\)/g),
    ].map(([, id]) => id),
  };
}
