import {
  type Controller,
  isSpecChange,
  type Change,
  type Node,
  type Pod,
  type ResourceQuota,
} from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  labels,
  type App,
  type Run,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  jobNameOf,
  instanceKey,
  instanceKeysOf,
  isFinished,
  podsOn,
} from '../../cache';
import { hasChangedReadiness } from '../../inspection';
import { createController, type Placement } from '../../placement';
import { suspensionKey } from '../app/suspension';
import { reconcileRuns } from './reconcileRuns';

/** Number of keys reconciled concurrently. */
const concurrency = 8;
/** Keeps runs that are started endlessly from taking all workers. */
const keyRate = { perSecond: 2, burst: 10 };

/**
 * Creates the controller that reconciles the runs of an app in an environment when they, their
 * Jobs or their prerequisites change.
 */
export function createRunController(placement: Placement): Controller {
  const { caches } = placement;
  const openRuns = (tenant: string | undefined) =>
    caches.runs
      .index('home', homeNamespace(tenant ?? ''))
      .filter(run => !isFinished(run))
      .flatMap(instanceKeyOf);
  return createController(placement, 'run', {
    concurrency,
    keyRate,
    shardOf: key => key.split('/')[0],
    watches: [
      { informer: caches.runs, toKeys: instanceKeyOf },
      { informer: caches.jobs, toKeys: instanceKeysOf },
      { informer: caches.deployments, toKeys: instanceKeysOf },
      {
        informer: caches.pods,
        toKeys: (pod: Pod) => (jobNameOf(pod) ? instanceKeysOf(pod) : []),
      },
      {
        informer: caches.nodes,
        toKeys: (node: Node, change) =>
          hasChangedReadiness(change)
            ? podsOn(caches, node).filter(jobNameOf).flatMap(instanceKeysOf)
            : [],
      },
      {
        informer: caches.apps,
        toKeys: ({ metadata, spec }: App, change) =>
          isSpecChange(change)
            ? spec.environments.map(({ name }) =>
                instanceKey(metadata.namespace ?? '', metadata.name, name),
              )
            : [],
      },
      {
        informer: caches.tenants,
        toKeys: ({ metadata }: Tenant, change) =>
          hasChangedRules(change) ? openRuns(metadata.name) : [],
      },
      {
        // Runs that wait for a quota start as soon as it has capacity.
        informer: caches.quotas,
        toKeys: ({ metadata }: ResourceQuota) =>
          openRuns(metadata.labels?.[labels.tenant]),
      },
    ],
    reconcile: (key, { signal }) => reconcileRuns(placement, key, signal),
  });
}

function instanceKeyOf({ metadata, spec }: Run): string[] {
  return [instanceKey(metadata.namespace ?? '', spec.app, spec.environment)];
}

/** Whether the suspension or protection of an environment changed. */
function hasChangedRules({ object, previous }: Change<Tenant>): boolean {
  return (
    previous !== undefined &&
    (suspensionKey(object) !== suspensionKey(previous) ||
      protectionKey(object) !== protectionKey(previous))
  );
}

function protectionKey({ spec }: Tenant): string {
  return spec.environments
    .flatMap(({ name, protected: is }) => (is ? name : []))
    .join();
}
