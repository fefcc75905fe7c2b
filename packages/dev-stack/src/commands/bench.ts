import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functions } from '../bench/functions/functions';
import { install } from '../bench/install/install';
import { packs } from '../bench/packs';
import { pages } from '../bench/pages/pages';
import { buildFrontend } from '../frontend/buildFrontend';
import { repositoryRoot, runProgram } from '@bailiwick/backstage-cli';

/** As long as a build of the pages may take. */
const buildMs = 600_000;

/** `npm run bench`: one benchmark, or the list of them; its result is the last line. */
export async function bench(args: string[]): Promise<number> {
  if (args[0] === 'functions') return functions(args.slice(1));
  if (args[0] === 'install') return install(args.slice(1));
  if (args[0] === 'packs') return packs(args.slice(1));
  if (args[0] === 'pages') return pages(args.slice(1));
  // It looks at the pages, and builds none.
  if (args[0] === 'fleet')
    await buildFrontend(
      join(tmpdir(), 'bailiwick-bench-frontend.log'),
      AbortSignal.timeout(buildMs),
    );
  const code = await runProgram(process.execPath, [
    ...['--import', join(repositoryRoot, 'scripts/typescript.mjs')],
    join(repositoryRoot, 'bench/src/main.ts'),
    ...args,
  ]);
  if (args.length === 0)
    process.stdout.write(
      '  npm run bench -- functions overhead of calls, time from an edit to its result [--data-dir of a running stack after the demo]\n' +
        '  npm run bench -- install   effort and time to install, upgrade, save and restore Bailiwick\n' +
        '  npm run bench -- packs     check, test, render and install domain packs [--data-dir of a running stack]\n' +
        '  npm run bench -- pages     pages in a browser: time, requests, shifts, violations, errors [--rounds 5] [--page NAME] [--data-dir of a running stack]\n',
    );
  return code;
}
