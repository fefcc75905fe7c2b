import { ignoreNotFound, type Job } from '@bailiwick/backstage-kube-controller';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { deleteObjects } from '../../apply';
import {
  isFinished,
  isScheduled,
  jobEnd,
  jobsOf,
  runOfJob,
  runsOf,
} from '../../cache';
import { scheduledRunName } from './names';
import type { RunContext } from './RunContext';

/** Runs that are kept of an app in an environment. */
const maxRuns = 20;
/** Milliseconds for which a run is kept that nothing could run: long enough to read why. */
const orphanRetention = 3_600_000;

/** Deletes the oldest runs, and Jobs whose run was deleted or has ended. */
export async function pruneHistory(context: RunContext): Promise<void> {
  const { home, instance, placement, signal } = context;
  const { caches } = placement;
  const { app, environment } = instance;
  const runs = runsOf(caches, home, app, environment);
  const old = runs.slice(0, -maxRuns).filter(isFinished);
  await deleteObjects(caches.runs, old, signal);
  for (const job of jobsOf(caches, instance))
    if (await isSurplus(context, job))
      await deleteObjects(caches.jobs, [job], signal);
}

/**
 * Deletes old runs of an app or environment that does not exist, as anyone can create such runs.
 *
 * @returns milliseconds until the next check, `undefined` when no run is left
 */
export async function pruneOrphanedRuns({
  home,
  instance: { app, environment },
  placement: { caches, now },
  signal,
}: RunContext): Promise<number | undefined> {
  const runs = runsOf(caches, home, app, environment);
  const isOld = ({ status }: Run) =>
    status?.finishedAt !== undefined &&
    now().getTime() - Date.parse(status.finishedAt) >= orphanRetention;
  await deleteObjects(caches.runs, runs.filter(isOld), signal);
  return runs.every(isOld) ? undefined : orphanRetention;
}

async function isSurplus(
  { home: namespace, instance, placement: { caches }, signal }: RunContext,
  job: Job,
): Promise<boolean> {
  const { app, environment } = instance;
  const started = runOfJob(job);
  const scheduled = isScheduled(job)
    ? scheduledRunName(app, environment, job.metadata.name)
    : '';
  const run = caches.runs.get(started ?? scheduled, namespace);
  if (run) return isFinished(run) && !jobEnd(job);
  if (started === undefined) return false;
  // The cache may lag behind.
  const found: Run | undefined = await caches.runs.resource
    .get(started, { namespace, signal })
    .catch(ignoreNotFound);
  return found === undefined;
}
