import { repositoryRoot } from '@bailiwick/backstage-cli';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildFrontend } from '../frontend/buildFrontend';
import { bundlePortal } from './bundlePortal';
import {
  compileConfigSchemas,
  writeConfigSchema,
} from './compileConfigSchemas';
import { copyFiles } from './copyFiles';
import { copyPackage } from './copyPackage';
import { copyWorkspace } from './copyWorkspace';
import { makeReadable } from './makeReadable';
import { packagesOfPages } from './packagesOfPages';
import { traceFiles } from './traceFiles';

/** Workspaces with the program and with its pages, which it serves. */
const backend = 'packages/backend';
const frontend = 'packages/app';

/** Files that a portal reads from its working directory, besides its packages. */
const served = [
  'backstage.app-config.yaml',
  'backstage.app-config.production.yaml',
  'LICENSE',
];
/** Folder of the guides. */
const guides = 'docs';

/**
 * Fills a folder with everything that the portal needs besides Node, git and system libraries. Equal sources result in
 * equal files. The folder can be read-only; it has to be the working directory:
 *
 *     node index.mjs --config backstage.app-config.yaml --config backstage.app-config.production.yaml
 *
 * The packages in its pages are listed beside it, as `<target>.packages.json`, for the image's bill of materials.
 *
 * @param target - an empty folder, or none
 * @param log - file for the output of the frontend's build
 * @throws CommandError if the frontend cannot be built
 */
export async function assemblePortal(
  target: string,
  { log, signal }: { log: string; signal: AbortSignal },
): Promise<void> {
  await buildFrontend(log, signal);
  await mkdir(target, { recursive: true });
  const bundle = await bundlePortal(backend, join(target, 'index.mjs'));
  const [schemas, files] = await Promise.all([
    compileConfigSchemas(bundle.name, signal),
    traceFiles(backend, bundle.required),
  ]);
  const copies = new Map<string, string>();
  for (const [folder, imported] of files) {
    signal.throwIfAborted();
    copies.set(folder, await copyPackage(folder, imported, target));
  }
  for (const each of [...bundle.workspaces, frontend])
    copies.set(each, await copyWorkspace(each, target));
  for (const [folder, copy] of copies) {
    const schema = schemas.get(folder);
    if (schema) await writeConfigSchema(copy, schema);
  }
  for (const file of served)
    await copyFile(join(repositoryRoot, file), join(target, file));
  await copyFiles(join(repositoryRoot, guides), join(target, guides), path =>
    path.endsWith('.md'),
  );
  // Backstage looks for the configuration's schema from the package in the working directory.
  await writeFile(
    join(target, 'package.json'),
    `${JSON.stringify({ name: bundle.name, private: true })}\n`,
  );
  await makeReadable(target);
  await writeFile(
    `${target}.packages.json`,
    JSON.stringify(await packagesOfPages(frontend)),
  );
}
