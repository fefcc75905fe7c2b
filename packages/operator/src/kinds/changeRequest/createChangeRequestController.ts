import { Controller, keyOf } from '@bailiwick/backstage-kube-controller';
import type {
  ChangeRequest,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Placement } from '../../placement';
import { reconcileChangeRequest } from './reconcileChangeRequest';

/** Keys worked on at a time. */
const concurrency = 1;
/** Milliseconds after which a request that hangs lets the next one come. */
const timeout = 30_000;

/** Reconciles requests one at a time, so that each is judged after the effects of those before. */
export function createChangeRequestController(
  placement: Placement,
): Controller {
  const { apps, plans, quotas, releases } = placement.caches;
  return new Controller({
    name: 'changerequest',
    log: placement.log,
    observer: placement.metrics?.observerFor('changerequest', concurrency),
    concurrency,
    timeout,
    // Somebody with a thousand requests delays another one's by one.
    shardOf: key => placement.caches.requests.get(key)?.spec.requestedBy ?? '',
    watches: [
      {
        informer: placement.caches.requests,
        toKeys: ({ metadata }: ChangeRequest) => [metadata.name],
      },
      {
        // What waits for the end of a tenant, or has lost its tenant.
        informer: placement.caches.tenants,
        toKeys: ({ metadata }: Tenant, { type }) =>
          type === 'deleted' || metadata.deletionTimestamp
            ? placement.caches.requests
                .index('tenant', metadata.name)
                .filter(isUnderWay)
                .map(keyOf)
            : [],
      },
      // Read when a request is judged, so they must be known by then.
      ...[plans, quotas, apps, releases].map(informer => ({
        informer,
        toKeys: () => [],
      })),
    ],
    reconcile: (key, { signal }) =>
      reconcileChangeRequest(placement, key, signal),
  });
}

function isUnderWay({ status }: ChangeRequest): boolean {
  return status?.phase === 'Open' || status?.phase === 'Approved';
}
