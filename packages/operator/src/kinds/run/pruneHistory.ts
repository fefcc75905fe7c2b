import type { Job } from '@bailiwick/backstage-kube-controller';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common';
import { orNothing } from '../../ignoreNotFound';
import { scheduledRunName } from './names';
import { removeJob } from './removeJob';
import { removeRuns } from './removeRuns';
import type { RunScope } from './RunContext';
import {
  isFinished,
  isScheduled,
  jobEnd,
  jobsOf,
  runOfJob,
  runsOf,
} from '../../cache';

/** Runs of an app in an environment that stay. */
const kept = 20;
/** Milliseconds for which a run stays that nothing could run: long enough to read why. */
const remembered = 3_600_000;

/** Deletes the oldest runs, Jobs whose run is gone, and those that go on although their run is over. */
export async function clearUp(work: RunScope): Promise<void> {
  const { home, place, scope, signal } = work;
  const { caches } = scope;
  const { app, environment } = place;
  const runs = runsOf(caches, home, app, environment);
  const old = runs.slice(0, -kept).filter(isFinished);
  await removeRuns(caches, old, signal);
  for (const job of jobsOf(caches, place))
    if (await isSurplus(work, job)) await removeJob(work, job);
}

/**
 * Deletes the runs of a place where there is no such app, after a while: anybody can invent such places.
 *
 * @returns milliseconds after which to look again, `undefined` when none is left
 */
export async function clearAway({
  home,
  place: { app, environment },
  scope: { caches, now },
  signal,
}: RunScope): Promise<number | undefined> {
  const runs = runsOf(caches, home, app, environment);
  const isOld = ({ status }: Run) =>
    status?.finishedAt !== undefined &&
    now().getTime() - Date.parse(status.finishedAt) >= remembered;
  await removeRuns(caches, runs.filter(isOld), signal);
  return runs.every(isOld) ? undefined : remembered;
}

async function isSurplus(work: RunScope, job: Job): Promise<boolean> {
  const { app, environment } = work.place;
  const { name } = job.metadata;
  const begun = runOfJob(job);
  const waiting = isScheduled(job)
    ? scheduledRunName(app, environment, name)
    : '';
  const run = work.scope.caches.runs.get(begun ?? waiting, work.home);
  if (run) return isFinished(run) && !jobEnd(job);
  return begun !== undefined && !(await exists(work, begun));
}

/** Our copy may lag behind. */
async function exists(
  { home: namespace, scope, signal }: RunScope,
  name: string,
): Promise<boolean> {
  const found: Run | undefined = await scope.caches.runs.resource
    .get(name, { namespace, signal })
    .catch(orNothing);
  return found !== undefined;
}
