// Puts programs of this repository into one file each, with everything they import: they start
// faster and take less memory than from hundreds of files (docs/adr/0006). Prints where they are.
//
//   node scripts/bundle.mjs packages/operator/src/main.ts
import { build } from 'esbuild';
import { renameSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Path of the bundle; as deep as the source, so that paths relative to it stay right. */
function bundleOf(program) {
  const name = basename(program).replace(/\.ts$/, '.mjs');
  return join(dirname(dirname(program)), 'dist', name);
}

async function bundle(program) {
  const outfile = bundleOf(program);
  const unfinished = `${outfile}.${process.pid}`;
  await build({
    entryPoints: [program],
    outfile: unfinished,
    bundle: true,
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
  renameSync(unfinished, outfile);
  return outfile;
}

const programs = process.argv.slice(2).map(program => resolve(program));
for (const file of await Promise.all(programs.map(bundle)))
  process.stdout.write(`${file}\n`);
