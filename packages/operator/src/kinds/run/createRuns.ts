import { ignoreAlreadyExists } from '@bailiwick/backstage-kube-controller';
import {
  runKind,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { deleteObjects, patchSpec } from '../../apply';
import { isFinished, isScheduled, openJobs, runsOf } from '../../cache';
import { fieldManager } from '../../names';
import { scheduledRunName, startRunName } from './names';
import type { RunContext } from './RunContext';

/** Numbers that are tried in the name of a run of the same code. */
const maxAttempts = 50;

/**
 * Creates a run for each Job of the CronJob. Deletes a Job whose run's name is taken, as an unfinished Job
 * keeps the CronJob from creating the next one.
 */
export async function adoptJobs(context: RunContext): Promise<void> {
  const { instance, placement } = context;
  const { app, environment } = instance;
  const scheduled = openJobs(placement.caches, instance).filter(
    job => isScheduled(job) && !job.metadata.deletionTimestamp,
  );
  for (const job of scheduled) {
    const name = scheduledRunName(app, environment, job.metadata.name);
    const run = placement.caches.runs.get(name, context.home);
    if (!run) await create(context, name, 'schedule');
    else if (!isScheduledRunOf(run, context))
      await deleteObjects(placement.caches.jobs, [job], context.signal);
  }
}

/** Creates a run for code that is new in the environment, and cancels the run of older code. */
export async function createRunForNewCode(
  context: RunContext,
  digest: string,
): Promise<void> {
  const { home, instance, placement } = context;
  const { app, environment } = instance;
  const { caches } = placement;
  const isOf = (run: Run, of: string) =>
    isStartOf(run, startRunName(app, environment, of));
  const runs = runsOf(caches, home, app, environment);
  const last = runs
    .filter(({ spec, status }) => status?.digest || spec.trigger === 'start')
    .at(-1);
  const isKnown =
    last && (last.status?.digest === digest || isOf(last, digest));
  if (!isKnown) {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const name = startRunName(app, environment, digest, attempt);
      if (caches.runs.get(name, home)) continue;
      await create(context, name, 'start');
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
  for (const run of outdated)
    await patchSpec(caches.runs, run, { cancelled: true }, context.signal);
}

function isStartOf({ metadata, spec }: Run, first: string): boolean {
  const rest = metadata.name.slice(first.length);
  return (
    spec.trigger === 'start' &&
    metadata.name.startsWith(first) &&
    /^(\.\d+)?$/.test(rest)
  );
}

function isScheduledRunOf({ spec }: Run, { instance }: RunContext): boolean {
  return (
    spec.trigger === 'schedule' &&
    spec.app === instance.app &&
    spec.environment === instance.environment
  );
}

async function create(
  { home, instance, placement, signal }: RunContext,
  name: string,
  trigger: Run['spec']['trigger'],
): Promise<void> {
  const { app, environment } = instance;
  const { apiVersion, kind } = runKind;
  await placement.caches.runs.resource
    .create(
      {
        apiVersion,
        kind,
        metadata: { name, namespace: home },
        spec: { app, environment, trigger, parameters: {} },
      },
      { fieldManager, signal },
    )
    .catch(ignoreAlreadyExists);
}
