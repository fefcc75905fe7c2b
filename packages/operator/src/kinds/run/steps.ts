import {
  coreKinds,
  toKey,
  type Job,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { deleteObjects, patchSpec } from '../../apply';
import { jobLabel, isScheduled, jobEnd, openJobs, runOfJob } from '../../cache';
import { fieldManager, runAnnotation } from '../../names';
import { desiredStep, type RunningWorkload } from '../app/desired';
import { jobName, scheduledJobName } from './names';
import { podTermination } from './readTermination';
import type { RunContext } from './RunContext';

/** Returns the name of the Job of a step. @param position - from 0 */
export function nameOfJob({ metadata, spec }: Run, position: number): string {
  const { app, environment, trigger } = spec;
  return trigger === 'schedule'
    ? scheduledJobName(app, environment, metadata.name)
    : jobName(metadata.name, position + 1);
}

/** Returns the Job of a step, `undefined` while it does not exist. @param position - from 0 */
export function jobOfStep(
  { placement: { caches }, instance }: RunContext,
  run: Run,
  position: number,
): Job | undefined {
  const job = caches.jobs.get(nameOfJob(run, position), instance.namespace);
  if (!job || run.spec.trigger === 'schedule') return job;
  // A foreign Job of that name is reported when the step starts.
  return job.metadata.annotations?.[runAnnotation] === run.metadata.name
    ? job
    : undefined;
}

/** Returns the pods of a Job; lists those of a finished Job when the cache lags behind. */
export async function podsOfJob(
  {
    placement: { caches, client },
    signal,
  }: Pick<RunContext, 'placement' | 'signal'>,
  job: Job,
): Promise<Pod[]> {
  const { name, namespace } = job.metadata;
  const pods = caches.pods.index('job', toKey(name, namespace));
  if (!jobEnd(job) || podTermination(pods)) return pods;
  const labelSelector = `${jobLabel}=${name}`;
  return client
    .resource(coreKinds.pods)
    .list({ namespace, labelSelector, signal });
}

/**
 * Starts a step: creates its Job, or resumes the Job of a CronJob.
 *
 * @param position - of the step in the run, from 0; the archetype may have another order by now
 * @throws ForeignObjectError
 */
export async function startStep(
  { placement: { applier, caches }, instance, signal }: RunContext,
  workload: RunningWorkload,
  run: Run,
  { name: step, position }: { name: string; position: number },
): Promise<void> {
  const { metadata, spec } = run;
  const name = nameOfJob(run, position);
  if (spec.trigger === 'schedule') {
    const { namespace } = instance;
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

/** Deletes the unfinished Jobs of a run with their pods, including Jobs that its status does not have yet. */
export async function stopSteps(
  { instance, placement: { caches }, signal }: RunContext,
  run: Run,
): Promise<void> {
  const steps = openJobs(caches, instance).filter(job => isStepOf(run, job));
  await deleteObjects(caches.jobs, steps, signal);
}

/** Deletes the pods of all unfinished Jobs; their steps start again when the app is resumed. */
export async function pauseSteps({
  instance,
  placement: { caches },
  signal,
}: RunContext): Promise<void> {
  const { jobs } = caches;
  for (const job of openJobs(caches, instance)) {
    if (job.spec?.suspend || job.metadata.deletionTimestamp) continue;
    // The Job of a CronJob cannot be created again.
    if (isScheduled(job)) await patchSpec(jobs, job, { suspend: true }, signal);
    else await deleteObjects(jobs, [job], signal);
  }
}

function isStepOf(run: Run, job: Job): boolean {
  return (
    runOfJob(job) === run.metadata.name ||
    (run.spec.trigger === 'schedule' && job.metadata.name === nameOfJob(run, 0))
  );
}
