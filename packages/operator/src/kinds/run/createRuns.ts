import { isAlreadyExists } from '@bailiwick/backstage-kube-controller';
import {
  runKind,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { fieldManager } from '../../names';
import { orNothing } from '../../ignoreNotFound';
import { scheduledRunName, startRunName } from './names';
import { removeJob } from './removeJob';
import type { RunScope } from './RunContext';
import { isFinished, isScheduled, openJobs, runsOf } from '../../cache';

/** Most numbers that a start of the same code is tried under. */
const mostAttempts = 50;

/**
 * Gives each Job that the clock made a run. One whose run cannot be made, as its name is taken, goes: the
 * clock stands still as long as its last Job is open.
 */
export async function adoptJobs(work: RunScope): Promise<void> {
  const { place, scope } = work;
  const { app, environment } = place;
  const scheduled = openJobs(scope.caches, place).filter(
    job => isScheduled(job) && !job.metadata.deletionTimestamp,
  );
  for (const job of scheduled) {
    const name = scheduledRunName(app, environment, job.metadata.name);
    const run = scope.caches.runs.get(name, work.home);
    if (!run) await create(work, name, 'schedule');
    else if (!isByTheClock(run, work)) await removeJob(work, job);
  }
}

/** Begins a run of code that is new in the environment, and cancels that of older code. */
export async function startNewCode(
  work: RunScope,
  digest: string,
): Promise<void> {
  const { home, place, scope } = work;
  const { app, environment } = place;
  const { caches } = scope;
  const isOf = (run: Run, of: string) =>
    isStartOf(run, startRunName(app, environment, of));
  const runs = runsOf(caches, home, app, environment);
  const last = runs
    .filter(({ spec, status }) => status?.digest || spec.trigger === 'start')
    .at(-1);
  const isKnown =
    last && (last.status?.digest === digest || isOf(last, digest));
  if (!isKnown) {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const name = startRunName(app, environment, digest, attempt);
      if (caches.runs.get(name, home)) continue;
      await create(work, name, 'start');
      break;
    }
  }
  const outdated = runs.filter(
    run =>
      run.spec.trigger === 'start' &&
      !isFinished(run) &&
      !run.spec.cancelled &&
      !isOf(run, digest),
  );
  for (const { metadata } of outdated)
    await caches.runs.resource
      .patch(
        metadata.name,
        { metadata: { uid: metadata.uid }, spec: { cancelled: true } },
        { namespace: home, fieldManager, signal: work.signal },
      )
      .catch(orNothing);
}

function isStartOf({ metadata, spec }: Run, first: string): boolean {
  const rest = metadata.name.slice(first.length);
  return (
    spec.trigger === 'start' &&
    metadata.name.startsWith(first) &&
    /^(\.\d+)?$/.test(rest)
  );
}

function isByTheClock({ spec }: Run, { place }: RunScope): boolean {
  return (
    spec.trigger === 'schedule' &&
    spec.app === place.app &&
    spec.environment === place.environment
  );
}

async function create(
  { home, place, scope, signal }: RunScope,
  name: string,
  trigger: Run['spec']['trigger'],
): Promise<void> {
  const { app, environment } = place;
  const { apiVersion, kind } = runKind;
  try {
    await scope.caches.runs.resource.create(
      {
        apiVersion,
        kind,
        metadata: { name, namespace: home },
        spec: { app, environment, trigger, parameters: {} },
      },
      { fieldManager, signal },
    );
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}
