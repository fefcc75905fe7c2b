// Puts programs of this repository into one file each, with everything they import: they start
// faster and take less memory than from hundreds of files (docs/adr/0006). Prints where they are.
//
//   node scripts/bundle.mjs packages/operator/src/main.ts
//
// The packages in a bundle are listed beside it, as `<bundle>.packages.json`: `npm run images` describes images by it.
// Scripts that a program serves to browsers (`*.browser.ts`) are bundled with it, as `dist/*.browser.js`.
import { build } from 'esbuild';
import { globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const root = dirname(import.meta.dirname);
/** Folder of an installed package. */
const packageFolder = /^.*node_modules\/(@[^/]+\/)?[^/]+/;

/** Path of the bundle; as deep as the source, so that paths relative to it stay right. */
function bundleOf(program) {
  const name = basename(program).replace(/\.ts$/, '.mjs');
  return join(dirname(dirname(program)), 'dist', name);
}

async function bundle(program) {
  const outfile = bundleOf(program);
  const unfinished = `${outfile}.${process.pid}`;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [program],
    outfile: unfinished,
    bundle: true,
    metafile: true,
    // A native library.
    external: ['@duckdb/node-api'],
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifyWhitespace: true,
    minifySyntax: true,
    // Libraries and error messages go by the names of classes.
    keepNames: true,
    legalComments: 'none',
    logLevel: 'error',
    // CommonJS packages ask for Node's own modules.
    banner: {
      js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
    },
  });
  writeFileSync(
    `${outfile}.packages.json`,
    JSON.stringify(packagesIn(metafile)),
  );
  renameSync(unfinished, outfile);
  return outfile;
}

/** Returns name, version and license of the installed packages whose code is in a bundle. */
function packagesIn({ outputs }) {
  const [{ inputs }] = Object.values(outputs);
  const folders = Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => packageFolder.exec(file)?.[0])
    .filter(folder => folder !== undefined);
  return [...new Set(folders)].sort().map(folder => {
    const { license, name, version } = JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    );
    return { name, version, license };
  });
}

async function bundleForBrowsers(source, folder) {
  const name = basename(source).replace(/\.ts$/, '.js');
  const outfile = join(folder, name);
  const unfinished = `${outfile}.${process.pid}`;
  await build({
    entryPoints: [source],
    outfile: unfinished,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  renameSync(unfinished, outfile);
}

async function bundleWithScripts(program) {
  const sources = dirname(program);
  const outfile = await bundle(program);
  for (const script of globSync('**/*.browser.ts', { cwd: sources }))
    await bundleForBrowsers(join(sources, script), dirname(outfile));
  return outfile;
}

const programs = process.argv.slice(2).map(program => resolve(program));
for (const file of await Promise.all(programs.map(bundleWithScripts)))
  process.stdout.write(`${file}\n`);
