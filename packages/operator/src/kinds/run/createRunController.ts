import {
  Controller,
  isSpecChange,
  type Change,
  type Pod,
  type ResourceQuota,
} from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  labels,
  type App,
  type Run,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { suspensionsIn } from '../app/suspension';
import { jobOf, placeKey, placeOf, isFinished } from '../../cache';

import { reconcileRuns } from './reconcileRuns';
import { controllerName, type Scope } from '../../placement';

/** Keys worked on at a time. */
const concurrency = 8;
/** A run that somebody begins again without end; the room is for others, too. */
const pace = { perSecond: 2, burst: 10 };

/** Works on the runs of each app and environment when they, their Jobs or their ground changed. */
export function createRunController(scope: Scope): Controller {
  const { caches, log } = scope;
  const controller = controllerName('run', scope);
  const openRuns = (tenant: string | undefined) =>
    caches.runs
      .index('home', homeNamespace(tenant ?? ''))
      .filter(run => !isFinished(run))
      .flatMap(placeOfRun);
  return new Controller({
    name: controller,
    log,
    observer: scope.metrics?.observerFor(controller, concurrency),
    concurrency,
    pace,
    shardOf: key => key.split('/')[0],
    watches: [
      { informer: caches.runs, toKeys: placeOfRun },
      { informer: caches.jobs, toKeys: placeOf },
      { informer: caches.deployments, toKeys: placeOf },
      {
        informer: caches.pods,
        toKeys: (pod: Pod) => (jobOf(pod) ? placeOf(pod) : []),
      },
      {
        informer: caches.apps,
        toKeys: ({ metadata, spec }: App, change) =>
          isSpecChange(change)
            ? spec.environments.map(({ name }) =>
                placeKey(metadata.namespace ?? '', metadata.name, name),
              )
            : [],
      },
      {
        informer: caches.tenants,
        toKeys: ({ metadata }: Tenant, change) =>
          rulesChanged(change) ? openRuns(metadata.name) : [],
      },
      {
        // What a quota kept waiting comes as soon as there is room.
        informer: caches.quotas,
        toKeys: ({ metadata }: ResourceQuota) =>
          openRuns(metadata.labels?.[labels.tenant]),
      },
    ],
    reconcile: (key, { signal }) => reconcileRuns(scope, key, signal),
  });
}

function placeOfRun({ metadata, spec }: Run): string[] {
  return [placeKey(metadata.namespace ?? '', spec.app, spec.environment)];
}

/** Whether environments of a tenant were suspended or protected, or are so no longer. */
function rulesChanged({ object, previous }: Change<Tenant>): boolean {
  return (
    previous !== undefined &&
    (suspensionsIn(object) !== suspensionsIn(previous) ||
      protectedIn(object) !== protectedIn(previous))
  );
}

function protectedIn({ spec }: Tenant): string {
  return spec.environments
    .flatMap(({ name, protected: is }) => (is ? name : []))
    .join();
}
