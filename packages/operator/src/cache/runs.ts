import type { Job } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  homeNamespace,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { runAnnotation } from '../names';
import type { AppInstance } from './appInstances';
import { appIndexKey } from './ClusterCaches';
import { instanceKey, type Caches } from '.';

/** The runs of an app in an environment, oldest first. */
export function runsOf(
  { runs }: Caches,
  home: string,
  app: string,
  environment: string,
): Run[] {
  return [...runs.index('place', instanceKey(home, app, environment))].sort(
    (a, b) =>
      (a.metadata.creationTimestamp ?? '').localeCompare(
        b.metadata.creationTimestamp ?? '',
      ) || a.metadata.name.localeCompare(b.metadata.name),
  );
}

/** Whether nothing will happen to a run any more. */
export function isFinished({ status }: Pick<Run, 'status'>): boolean {
  return ['Succeeded', 'Failed', 'Cancelled'].includes(status?.phase ?? '');
}

/** The run that ended last, well or not; one that was cancelled says nothing about the app. */
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

/** The Jobs of an app in an environment. */
export function jobsOf(
  { jobs }: Caches,
  { app, namespace, tenant }: Omit<AppInstance, 'environment'>,
): Job[] {
  return jobs
    .index('app', appIndexKey(tenant, app))
    .filter(({ metadata }) => metadata.namespace === namespace);
}

/** Those of them that have not ended. */
export function openJobs(
  caches: Caches,
  place: Omit<AppInstance, 'environment'>,
): Job[] {
  return jobsOf(caches, place).filter(job => !jobEnd(job));
}

/** Name of the run of which a Job is a step, `undefined` for one of the clock that has not begun. */
export function runOfJob({ metadata, spec }: Job): string | undefined {
  // That of the clock has it on its pods alone, which learn it there.
  return (
    metadata.annotations?.[runAnnotation] ??
    spec?.template?.metadata?.annotations?.[runAnnotation]
  );
}

/** Whether the clock made a Job. */
export function isScheduled({ metadata }: Job): boolean {
  return (metadata.ownerReferences ?? []).some(
    ({ kind }) => kind === 'CronJob',
  );
}

/** How a Job ended, `undefined` while it has not. */
export function jobEnd({ status }: Job) {
  return status?.conditions?.find(
    ({ status: is, type }) =>
      is === 'True' && (type === 'Complete' || type === 'Failed'),
  );
}

/** Digests of the code that unfinished runs still need. */
export function digestsInRuns(
  caches: Caches,
  place: AppInstance,
): (string | undefined)[] {
  const home = homeNamespace(place.tenant);
  const runs = runsOf(caches, home, place.app, place.environment);
  return [
    ...openJobs(caches, place).map(digestOfJob),
    ...runs.filter(run => !isFinished(run)).map(({ status }) => status?.digest),
  ];
}

/** Digest of the code that a Job runs. */
export function digestOfJob({ spec }: Job): string | undefined {
  return spec?.template?.metadata?.annotations?.[annotations.bundleDigest];
}

function endOf({ status }: Run): string {
  return status?.finishedAt ?? '';
}
