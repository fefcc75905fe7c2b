import type { Job } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  homeNamespace,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { runAnnotation } from '../names';
import { instanceObjects } from './appChildren';
import { instanceKey, type AppInstance } from './appInstances';
import type { Caches } from './Caches';

/** Returns the runs of an app in an environment, oldest first. */
export function runsOf(
  { runs }: Caches,
  home: string,
  app: string,
  environment: string,
): Run[] {
  return [...runs.index('instance', instanceKey(home, app, environment))].sort(
    (a, b) =>
      (a.metadata.creationTimestamp ?? '').localeCompare(
        b.metadata.creationTimestamp ?? '',
      ) || a.metadata.name.localeCompare(b.metadata.name),
  );
}

/** Whether a run has ended. */
export function isFinished({ status }: Pick<Run, 'status'>): boolean {
  return ['Succeeded', 'Failed', 'Cancelled'].includes(status?.phase ?? '');
}

/** Returns the last run that succeeded or failed; cancelled runs do not affect the app's state. */
export function lastFinishedRun(
  ...where: Parameters<typeof runsOf>
): Run | undefined {
  const [last] = runsOf(...where)
    .filter(
      ({ status }) =>
        status?.digest &&
        (status.phase === 'Succeeded' || status.phase === 'Failed'),
    )
    .sort((a, b) => endOf(b).localeCompare(endOf(a)));
  return last;
}

/** Returns the Jobs of an app in an environment. */
export function jobsOf(
  { jobs }: Caches,
  instance: Omit<AppInstance, 'environment'>,
): Job[] {
  return instanceObjects(jobs, instance);
}

/** Returns the unfinished Jobs of an app in an environment. */
export function openJobs(
  caches: Caches,
  instance: Omit<AppInstance, 'environment'>,
): Job[] {
  return jobsOf(caches, instance).filter(job => !jobEnd(job));
}

/** Returns the name of a Job's run, `undefined` for a scheduled Job that has not started. */
export function runOfJob({ metadata, spec }: Job): string | undefined {
  // A scheduled Job has the annotation only in its pod template.
  return (
    metadata.annotations?.[runAnnotation] ??
    spec?.template?.metadata?.annotations?.[runAnnotation]
  );
}

/** Whether a Job was created by a CronJob. */
export function isScheduled({ metadata }: Job): boolean {
  return (metadata.ownerReferences ?? []).some(
    ({ kind }) => kind === 'CronJob',
  );
}

/** Returns the final condition of a Job, `undefined` while it is unfinished. */
export function jobEnd({ status }: Job) {
  return status?.conditions?.find(
    ({ status: is, type }) =>
      is === 'True' && (type === 'Complete' || type === 'Failed'),
  );
}

/** Returns the digests of the code that unfinished runs need. */
export function digestsInRuns(
  caches: Caches,
  instance: AppInstance,
): (string | undefined)[] {
  const home = homeNamespace(instance.tenant);
  const runs = runsOf(caches, home, instance.app, instance.environment);
  return [
    ...openJobs(caches, instance).map(digestOfJob),
    ...runs.filter(run => !isFinished(run)).map(({ status }) => status?.digest),
  ];
}

/** Returns the digest of the code of a Job. */
export function digestOfJob({ spec }: Job): string | undefined {
  return spec?.template?.metadata?.annotations?.[annotations.bundleDigest];
}

function endOf({ status }: Run): string {
  return status?.finishedAt ?? '';
}
