import { repositoryRoot } from '@bailiwick/backstage-cli';
import { build } from 'esbuild';
import { join } from 'node:path';

/** Modules that packages load if they are installed, which they are not, and the compiler of configuration schemas. */
const notInstalled = [
  // Drivers of databases.
  '@google-cloud/cloud-sql-connector',
  'mariadb',
  'mysql',
  'oracledb',
  'sqlite3',
  'tedious',
  // Schemas are compiled beforehand (compileConfigSchemas.ts).
  'ts-json-schema-generator',
  'typescript',
];

/** Folder of an installed package, such as `node_modules/a/node_modules/b`. */
const packageFolder =
  /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/;

/**
 * Finds the files of installed packages that a program imports, directly or not.
 *
 * @param workspace - folder of the program's workspace, from the root
 * @param required - further modules that the program loads
 * @returns the files by the folder of their package, from the root. If others need a package in several versions, each
 *   version has its folder.
 * @throws BuildFailure with the names of modules that are not installed
 */
export async function traceFiles(
  workspace: string,
  required: readonly string[],
): Promise<Map<string, string[]>> {
  const { metafile } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: [join(workspace, 'src/index.ts'), ...required],
    // Only the list of the inputs is needed.
    write: false,
    outdir: 'unused',
    bundle: true,
    treeShaking: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Node's own choice among a package's builds, not that of bundlers.
    conditions: ['node-addons', 'module-sync'],
    mainFields: ['main'],
    external: notInstalled,
    loader: { '.node': 'empty' },
    logLevel: 'silent',
    metafile: true,
  });
  const files = new Map<string, string[]>();
  for (const file of Object.keys(metafile.inputs).sort()) {
    const folder = packageFolder.exec(file)?.[0];
    if (folder) files.set(folder, [...(files.get(folder) ?? []), file]);
  }
  return files;
}
