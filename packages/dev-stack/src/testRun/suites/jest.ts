import { repositoryRoot } from '@bailiwick/backstage-cli';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { affectedSources } from '../affectedSuites';
import { countRun, writeJunit } from '../junit';
import { rerunFailed } from '../rerunFailed';
import { raiseWatchLimit } from '../watchLimit';
import { withMemoryReports } from '../watchMemory';
import { prepare, prepareTestPrograms } from './programs';
import {
  fewerCollections,
  noCounts,
  type Counts,
  type Outcome,
  type SuiteContext,
  type TestSuite,
} from '../TestSuite';

const backstage = join(
  repositoryRoot,
  'node_modules/@backstage/cli/bin/backstage-cli',
);

const byPackage = '@bailiwick/backstage-testing/jest-sequencer';

/** Milliseconds for a test that sets no time of its own; a busy machine must not fail it. */
const longestTest = 60_000;

/** Runs Jest with a JUnit report; returns its exit code. */
export function runJest(
  report: string,
  context: SuiteContext,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  return context.run(
    process.execPath,
    [
      ...[backstage, 'repo', 'test', '--watch=false', '--passWithNoTests'],
      ...['--reporters=default', '--reporters=jest-junit'],
      `--testTimeout=${longestTest}`,
      ...args,
    ],
    {
      env: {
        JEST_JUNIT_OUTPUT_DIR: context.reports,
        JEST_JUNIT_OUTPUT_NAME: report,
        JEST_JUNIT_ADD_FILE_ATTRIBUTE: 'true',
        JEST_JUNIT_SUITE_NAME: '{filepath}',
        // A file that cannot even be loaded is a failure.
        JEST_JUNIT_REPORT_TEST_SUITE_ERRORS: 'true',
        // Tests of databases use those that a variable names, and start no containers.
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        ...withMemoryReports(context.reports),
        ...env,
      },
    },
  );
}

/** Files to test: those that match the pattern, or that changed files can affect. */
function selection({ changed, pattern }: SuiteContext, suffix: string) {
  const related = changed && affectedSources(changed);
  return {
    isEmpty: related?.length === 0,
    args: [
      ...(pattern || suffix
        ? ['--testPathPatterns', `^(?=.*(?:${pattern ?? ''})).*${suffix}`]
        : []),
      ...(related ? ['--findRelatedTests', ...related] : []),
    ],
  };
}

function counted(
  report: string,
  code: number,
  { changed, pattern, reports }: SuiteContext,
): Counts {
  const file = join(reports, report);
  // Without a selection there must be tests.
  const isNone = (pattern || changed) && code === 0 && !existsSync(file);
  return isNone ? noCounts : countRun(file, code);
}

/** Runs Jest, and failed files once more; `args` select the files of the first run. */
async function runFiles(
  report: string,
  context: SuiteContext,
  args: string[],
  env?: Record<string, string>,
): Promise<Outcome> {
  const code = await runJest(report, context, args, env);
  const counts = counted(report, code, context);
  return rerunFailed(report, counts, context, (file, again) =>
    runJest(again, context, ['--runTestsByPath', file], env),
  );
}

/** Tests beside the TypeScript sources that need no cluster. */
export const unit: TestSuite = {
  name: 'unit tests in TypeScript',
  group: 'unit',
  report: 'unit.xml',
  async run(context) {
    const { args, isEmpty } = selection(context, '');
    if (isEmpty) return noCounts;
    return runFiles(this.report, context, [
      ...['--testPathIgnorePatterns', '\\.integration\\.test\\.'],
      '/node_modules/',
      ...args,
    ]);
  },
};

/** Environment of tests that start programs of a cluster. */
export const withClusters = { BAILIWICK_INTEGRATION: '1', ...fewerCollections };

/** Test of `backup` and `restore`; in the whole run, the end-to-end tests run it on their stack. */
export const backupTest =
  'packages/dev-stack/src/commands/backup.integration.test.ts';

/** Files at a time: they wait more than they compute. */
const workers = 4;

/** Tests against real API servers. */
export const integration: TestSuite = {
  name: 'integration tests',
  group: 'integration',
  report: 'integration.xml',
  async run(context) {
    const { args, isEmpty } = selection(context, '\\.integration\\.test\\.');
    if (isEmpty) return noCounts;
    const elsewhere = context.isWholeRun ? [backupTest] : [];
    raiseWatchLimit();
    // On a new machine the programs are built first, which takes longer than any test may. Tests with nodes wait for
    // those of a node themselves.
    const failure = await prepare(context, '--control-plane-only');
    if (failure)
      return writeJunit(join(context.reports, this.report), this.name, [
        { name: 'programs of the control plane', failure },
      ]);
    if (context.isWholeRun) await prepareTestPrograms(context);
    return runFiles(
      this.report,
      context,
      [
        ...[`--maxWorkers=${workers}`, `--testSequencer=${byPackage}`],
        ...['--testPathIgnorePatterns', '/node_modules/', ...elsewhere],
        ...args,
      ],
      withClusters,
    );
  },
};
