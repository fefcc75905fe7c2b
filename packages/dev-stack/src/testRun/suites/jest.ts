import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, runNode } from '@bailiwick/backstage-cli';
import { countRun } from '../junit';
import type { TestSuite, SuiteContext } from '../TestSuite';

const backstage = join(
  repositoryRoot,
  'node_modules/@backstage/cli/bin/backstage-cli',
);

const cluster = join(
  repositoryRoot,
  'packages/local-cluster/bin/bailiwick-cluster.mjs',
);

/** Milliseconds for a test that sets no time of its own: a busy machine is no fault of what is tested. */
const longestTest = 60_000;

async function runJest(
  name: string,
  { pattern, reports }: SuiteContext,
  args: string[],
  env: Record<string, string>,
) {
  const file = `${name}.xml`;
  const code = await runNode(
    backstage,
    [
      'repo',
      'test',
      '--watch=false',
      '--passWithNoTests',
      '--reporters=default',
      '--reporters=jest-junit',
      ...args,
    ],
    {
      env: {
        JEST_JUNIT_OUTPUT_DIR: reports,
        JEST_JUNIT_OUTPUT_NAME: file,
        JEST_JUNIT_ADD_FILE_ATTRIBUTE: 'true',
        // A file that cannot even be loaded is a failure, too.
        JEST_JUNIT_REPORT_TEST_SUITE_ERRORS: 'true',
        ...env,
      },
    },
  );
  const report = join(reports, file);
  // A pattern may mean none of these tests; without one there must be some.
  const isNone = pattern && code === 0 && !existsSync(report);
  return isNone ? { passed: 0, failed: 0, skipped: 0 } : countRun(report, code);
}

/** Tests beside the TypeScript sources that need nothing but themselves. */
export const unit: TestSuite = {
  name: 'unit tests in TypeScript',
  group: 'unit',
  run: context =>
    runJest(
      'unit',
      context,
      [
        '--testPathIgnorePatterns',
        '\\.integration\\.test\\.',
        '/node_modules/',
        ...(context.pattern ? ['--testPathPatterns', context.pattern] : []),
      ],
      {},
    ),
};

/** Tests against real API servers, two files at a time: they wait more than they compute. */
export const integration: TestSuite = {
  name: 'integration tests',
  group: 'integration',
  async run(context) {
    // On a fresh machine its programs are built first, which takes longer than any test may.
    await runNode(cluster, [
      ...['prepare', '--provider', 'local'],
      ...['--simulated-node', 'none'],
    ]);
    const files = `${context.pattern ?? ''}.*\\.integration\\.test\\.`;
    return runJest(
      'integration',
      context,
      [
        '--maxWorkers=2',
        `--testTimeout=${longestTest}`,
        '--testPathPatterns',
        files,
      ],
      { BAILIWICK_INTEGRATION: '1' },
    );
  },
};
