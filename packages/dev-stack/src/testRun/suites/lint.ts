import { repositoryRoot } from '@bailiwick/backstage-cli';
import { cacheDir } from '@bailiwick/backstage-local-cluster';
import { join } from 'node:path';
import { exitFailure, timeCheck, writeJunit, type CheckResult } from '../junit';
import { existing } from '../changedFiles';
import type { SuiteContext, TestSuite } from '../TestSuite';
import { bin } from '../../process/bin';

const backstage = bin('@backstage/cli/bin/backstage-cli');
const inRepository = (path: string) => join(repositoryRoot, path);
/** TypeScript 7; tools of Backstage load an earlier version (ADR 62). */
const compiler = bin('typescript-native/bin/tsc');
const withTypes = ['--import', inRepository('scripts/typescript.mjs')];

/** Published packages, each with reports of its public API. */
const published = [
  'plugins/*',
  'packages/backend-features',
  'packages/domain-pack',
  'packages/kube-controller',
];

type Check = [name: string, args: string[]];

/** The compiler writes declarations to dist-types, from which the API reports are created. */
const typeChecks: Check[] = [
  ['tsc', [compiler, '--incremental', 'false']],
  [
    'API reports are fresh',
    [
      bin('@backstage/repo-tools/bin/backstage-repo-tools'),
      ...['api-reports', '--ci', '--validate-release-tags'],
      ...['--allow-all-warnings', '-o'],
      'ae-wrong-input-file-type,ae-undocumented',
      ...published,
    ],
  ],
];

/** Results for the same content, configuration and versions, of this checkout and others. */
const known = join(cacheDir(), 'lint');

/** Everything else that reads the code without running it. */
const checks: Check[] = [
  [
    'ESLint, with import boundaries and sizes',
    [
      ...[backstage, 'repo', 'lint', '--success-cache'],
      ...['--success-cache-dir', known],
    ],
  ],
  [
    'Prettier',
    [
      ...[bin('prettier/bin-prettier.js'), '--check', '--loglevel', 'warn'],
      ...['--cache', '--cache-strategy', 'content'],
      ...['--cache-location', join(known, 'prettier'), '.'],
    ],
  ],
  ['package metadata', [backstage, 'repo', 'fix', '--check', '--publish']],
  ['sizes, names and boundaries', [inRepository('scripts/checks.mjs')]],
  [
    'CRD files are fresh',
    [
      ...withTypes,
      inRepository('plugins/bailiwick-common/scripts/writeCrds.ts'),
      '--check',
    ],
  ],
  [
    'schemas of packs are fresh',
    [
      ...withTypes,
      inRepository('packages/domain-pack/scripts/writeSchemas.ts'),
      '--check',
    ],
  ],
  [
    'packs are tested as they are',
    [
      ...withTypes,
      inRepository('packages/domain-pack/scripts/checkTestResults.ts'),
    ],
  ],
  ['no dead code (knip)', [bin('knip/bin/knip.js'), '--no-progress']],
];

/** Checks for changed files: the format of other files is not checked. */
function checksOf(changed: readonly string[]): Check[] {
  return checks.map(
    ([name, args]): Check => [
      name,
      name === 'Prettier'
        ? [...args.slice(0, -1), '--ignore-unknown', ...existing(changed)]
        : args,
    ],
  );
}

async function runChecks(
  chosen: Check[],
  report: string,
  { reports, run }: SuiteContext,
) {
  const cases: CheckResult[] = [];
  for (const [name, args] of chosen)
    cases.push(
      await timeCheck(name, async () =>
        exitFailure(await run(process.execPath, args)),
      ),
    );
  return writeJunit(join(reports, report), report.replace('.xml', ''), cases);
}

/** Lint of the whole repository. */
export const lint: TestSuite = {
  name: 'lint',
  group: 'lint',
  report: 'lint.xml',
  run(context) {
    const { changed } = context;
    return runChecks(
      changed ? checksOf(changed) : checks,
      this.report,
      context,
    );
  },
};

/** The TypeScript compiler over all packages, and the public API that it finds. */
export const types: TestSuite = {
  name: 'types',
  group: 'types',
  report: 'types.xml',
  run(context) {
    const quick: Check[] = [['tsc', [compiler]]];
    return runChecks(
      context.changed ? quick : typeChecks,
      this.report,
      context,
    );
  },
};
