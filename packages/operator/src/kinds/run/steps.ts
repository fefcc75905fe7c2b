import {
  coreKinds,
  toKey,
  type Job,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common';
import { desiredStep, type RunningWorkload } from '../app/desired';
import { jobLabel, isScheduled, jobEnd, openJobs, runOfJob } from '../../cache';
import { fieldManager, runAnnotation } from '../../names';
import { orNothing } from '../../ignoreNotFound';
import { jobName, scheduledJobName } from './names';
import { endOfPods } from './readTermination';
import { removeJob } from './removeJob';
import type { RunScope } from './RunContext';

/** Name of the Job of a step. @param position - from 0 */
export function nameOfJob({ metadata, spec }: Run, position: number): string {
  const { app, environment, trigger } = spec;
  return trigger === 'schedule'
    ? scheduledJobName(app, environment, metadata.name)
    : jobName(metadata.name, position + 1);
}

/** The Job of a step of a run, `undefined` while there is none. @param position - from 0 */
export function jobOfStep(
  { scope: { caches }, place }: RunScope,
  run: Run,
  position: number,
): Job | undefined {
  const job = caches.jobs.get(nameOfJob(run, position), place.namespace);
  if (!job || run.spec.trigger === 'schedule') return job;
  // That of somebody else is met when ours is made.
  return job.metadata.annotations?.[runAnnotation] === run.metadata.name
    ? job
    : undefined;
}

/** The pods of a Job; those of a Job that ended are read anew when our copy lags behind. */
export async function podsOfJob(
  { scope: { caches, client }, signal }: RunScope,
  job: Job,
): Promise<Pod[]> {
  const { name, namespace } = job.metadata;
  const pods = caches.pods.index('job', toKey(name, namespace));
  if (!jobEnd(job) || endOfPods(pods)) return pods;
  const labelSelector = `${jobLabel}=${name}`;
  return client
    .resource(coreKinds.pods)
    .list({ namespace, labelSelector, signal });
}

/**
 * Begins a step: makes its Job, or lets that of the clock go on.
 *
 * @param position - of the step in the run, from 0; the archetype may have another order by now
 * @throws ForeignObjectError
 */
export async function beginStep(
  { scope: { applier, caches }, place, signal }: RunScope,
  workload: RunningWorkload,
  run: Run,
  { name: step, position }: { name: string; position: number },
): Promise<void> {
  const { metadata, spec } = run;
  const name = nameOfJob(run, position);
  if (spec.trigger === 'schedule') {
    const { namespace } = place;
    const uid = caches.jobs.get(name, namespace)?.metadata.uid;
    const annotations = { [runAnnotation]: metadata.name };
    await caches.jobs.resource.patch(
      name,
      {
        metadata: { uid },
        spec: { suspend: false, template: { metadata: { annotations } } },
      },
      { namespace, fieldManager, signal },
    );
    return;
  }
  await applier.apply(
    [
      desiredStep(workload, {
        name,
        run: metadata.name,
        step,
        parameters: spec.parameters,
      }),
    ],
    signal,
  );
}

/** Deletes the Jobs of a run that have not ended, with their pods; its status may not tell them yet. */
export async function endSteps(work: RunScope, run: Run): Promise<void> {
  for (const job of openJobs(work.scope.caches, work.place))
    if (isStepOf(run, job)) await removeJob(work, job);
}

/** Takes the pods of all Jobs away; what they were to do is done when their runs go on. */
export async function pauseSteps(work: RunScope): Promise<void> {
  const { place, scope, signal } = work;
  const { jobs } = scope.caches;
  for (const job of openJobs(scope.caches, place)) {
    const { deletionTimestamp, name, namespace, uid } = job.metadata;
    if (job.spec?.suspend || deletionTimestamp) continue;
    // That of the clock cannot be made again.
    if (isScheduled(job))
      await jobs.resource
        .patch(
          name,
          { metadata: { uid }, spec: { suspend: true } },
          { namespace, fieldManager, signal },
        )
        .catch(orNothing);
    else await removeJob(work, job);
  }
}

function isStepOf(run: Run, job: Job): boolean {
  return (
    runOfJob(job) === run.metadata.name ||
    (run.spec.trigger === 'schedule' && job.metadata.name === nameOfJob(run, 0))
  );
}
