import { join } from 'node:path';
import { repositoryRoot, runNode } from '@bailiwick/backstage-cli';
import { writeJunit } from '../junit';
import type { TestSuite } from '../TestSuite';

const bin = (path: string) => join(repositoryRoot, 'node_modules', path);
const backstage = bin('@backstage/cli/bin/backstage-cli');

/** Everything that reads the code without running it. */
const checks: [string, () => Promise<number>][] = [
  [
    'ESLint, with import boundaries and sizes',
    () => runNode(backstage, ['repo', 'lint']),
  ],
  [
    'Prettier',
    () =>
      runNode(bin('prettier/bin-prettier.js'), [
        '--check',
        '--loglevel',
        'warn',
        '.',
      ]),
  ],
  ['package metadata', () => runNode(backstage, ['repo', 'fix', '--check'])],
  [
    'sizes, names and boundaries',
    () => runNode(join(repositoryRoot, 'scripts/checks.mjs'), []),
  ],
  [
    'CRD files are fresh',
    () =>
      runNode('--import', [
        join(repositoryRoot, 'scripts/typescript.mjs'),
        join(repositoryRoot, 'plugins/bailiwick-common/scripts/writeCrds.ts'),
        '--check',
      ]),
  ],
  [
    'schemas of packs are fresh',
    () =>
      runNode('--import', [
        join(repositoryRoot, 'scripts/typescript.mjs'),
        join(repositoryRoot, 'packages/domain-pack/scripts/writeSchemas.ts'),
        '--check',
      ]),
  ],
  [
    'packs are tested as they are',
    () =>
      runNode('--import', [
        join(repositoryRoot, 'scripts/typescript.mjs'),
        join(repositoryRoot, 'packages/domain-pack/scripts/checkVerdicts.ts'),
      ]),
  ],
  [
    'API reports are fresh',
    () => runNode(process.env.BAILIWICK_YARN!, ['api-reports', '--ci']),
  ],
  [
    'no dead code (knip)',
    () => runNode(bin('knip/bin/knip.js'), ['--no-progress']),
  ],
];

/** Lint of the whole repository. */
export const lint: TestSuite = {
  name: 'lint',
  group: 'lint',
  async run({ reports }) {
    const cases: { name: string; failure?: string }[] = [];
    for (const [name, check] of checks) {
      const code = await check();
      cases.push({ name, ...(code !== 0 && { failure: `exit code ${code}` }) });
    }
    writeJunit(join(reports, 'lint.xml'), 'lint', cases);
    const failed = cases.filter(({ failure }) => failure).length;
    return { passed: cases.length - failed, failed, skipped: 0 };
  },
};

/** The TypeScript compiler over all packages. */
export const types: TestSuite = {
  name: 'types',
  group: 'types',
  async run({ reports }) {
    const code = await runNode(bin('typescript/bin/tsc'), ['--noEmit']);
    writeJunit(join(reports, 'types.xml'), 'types', [
      { name: 'tsc', ...(code !== 0 && { failure: `exit code ${code}` }) },
    ]);
    return {
      passed: code === 0 ? 1 : 0,
      failed: code === 0 ? 0 : 1,
      skipped: 0,
    };
  },
};
