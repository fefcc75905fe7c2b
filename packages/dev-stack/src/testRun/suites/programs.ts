import { repositoryRoot } from '@bailiwick/backstage-cli';
import { join } from 'node:path';
import { exitFailure, timeCheck, writeJunit } from '../junit';
import type { SuiteContext, TestSuite } from '../TestSuite';

const cluster = join(
  repositoryRoot,
  'packages/local-cluster/bin/bailiwick-cluster.mjs',
);

/** Provides the programs of the local cluster, which takes minutes on a new machine. @returns the failure, if any */
export async function prepare(
  { run }: SuiteContext,
  ...flags: string[]
): Promise<string | undefined> {
  const code = await run(process.execPath, [
    ...[cluster, 'prepare', '--provider', 'local'],
    ...['--simulated-node', 'none', ...flags],
  ]);
  return exitFailure(code);
}

/** All programs of the local cluster, from the cache, fetched or built. */
export const programs: TestSuite = {
  name: 'programs of the local cluster',
  group: 'integration',
  report: 'programs.xml',
  async run(context) {
    const check = await timeCheck('bailiwick-cluster prepare', () =>
      prepare(context),
    );
    return writeJunit(join(context.reports, this.report), 'programs', [check]);
  },
};
