import { repositoryRoot } from '@bailiwick/backstage-cli';
import {
  ensureCollector,
  ensureGitea,
  ensureKubeStateMetrics,
  ensureS3Server,
} from '@bailiwick/backstage-local-cluster';
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

/** Provides the programs that only tests need, one after another. @throws ClusterError when one cannot be built */
export async function prepareTestPrograms({
  print,
}: SuiteContext): Promise<void> {
  const progress = { report: (text: string) => print(`${text}\n`) };
  await ensureGitea(progress);
  await ensureCollector(progress);
  await ensureKubeStateMetrics(progress);
  await ensureS3Server(progress);
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
