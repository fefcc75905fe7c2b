import { isDeepStrictEqual } from 'node:util';
import {
  Controller,
  isSpecChange,
  keyOf,
  type Informer,
  type Change,
  type KubeObject,
  type Watch,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  tenantOfHome,
  type App,
  type ChangeRequest,
  type Cluster,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { targetTenant } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createController, type Placement } from '../../placement';
import { QuotaTracker } from './phases';
import { reconcileTenant } from './reconcileTenant';

/** Number of keys reconciled concurrently. */
const concurrency = 8;
/** Keeps tenants with a high turnover of apps from causing a status write for each change. */
const keyRate = { perSecond: 5, burst: 20 };

/** Creates the controller that reconciles tenants when they, their plan or their objects change. */
export function createTenantController(placement: Placement): Controller {
  const { caches } = placement;
  const quotaTracker = new QuotaTracker(placement);
  const tenantOf = ({ metadata }: KubeObject) => {
    const tenant = metadata.labels?.[labels.tenant];
    return tenant && !metadata.labels?.[labels.app] ? [tenant] : [];
  };
  const {
    ConfigMap,
    CronJob,
    Deployment,
    HorizontalPodAutoscaler,
    Job,
    PersistentVolumeClaim,
    PodDisruptionBudget,
    Service,
    ServiceAccount,
    ...children
  } = caches.children;
  const ofChildren = Object.values(children).map(
    (informer: Informer<KubeObject>): Watch => ({ informer, toKeys: tenantOf }),
  );
  return createController(placement, 'tenant', {
    concurrency,
    shardOf: key => key,
    keyRate,
    watches: [
      { informer: caches.tenants, toKeys: tenant => [keyOf(tenant)] },
      {
        informer: caches.plans,
        toKeys: ({ metadata }: Plan) =>
          caches.tenants.index('plan', metadata.name).map(keyOf),
      },
      {
        informer: caches.clusters,
        toKeys: ({ metadata }: Cluster, change) =>
          // Heartbeats do not concern tenants.
          isSpecChange(change) || conditionsChanged(change)
            ? caches.tenants.index('cluster', metadata.name).map(keyOf)
            : [],
      },
      {
        // Granted and revoked access.
        informer: caches.requests,
        isOptional: true,
        toKeys: ({ spec, status }: ChangeRequest) =>
          spec.action === 'grantAccess' && status?.phase === 'Applied'
            ? [targetTenant(spec)]
            : [],
      },
      {
        // Access ends with its app.
        informer: caches.apps,
        isOptional: true,
        toKeys: ({ metadata }: App, { type }) =>
          type === 'deleted' || metadata.deletionTimestamp
            ? [tenantOfHome(metadata.namespace ?? '') ?? []].flat()
            : [],
      },
      ...ofChildren,
    ],
    reconcile: (key, { signal }) =>
      reconcileTenant(placement, quotaTracker, key, signal),
  });
}

function conditionsChanged({ object, previous }: Change<Cluster>): boolean {
  return !isDeepStrictEqual(
    object.status?.conditions,
    previous?.status?.conditions,
  );
}
