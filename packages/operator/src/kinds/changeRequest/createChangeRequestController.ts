import { Controller, keyOf } from '@bailiwick/backstage-kube-controller';
import type {
  ChangeRequest,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../placement';
import { reconcileChangeRequest } from './reconcileChangeRequest';

/** Number of keys reconciled concurrently. */
const concurrency = 1;
/** Timeout of a reconciliation in milliseconds, after which the next request is processed. */
const timeout = 30_000;

/**
 * Creates the controller of requests, one at a time, so that each is judged after the effects of
 * earlier ones.
 */
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
    // A requester with a thousand requests delays those of others by one.
    shardOf: key => placement.caches.requests.get(key)?.spec.requestedBy ?? '',
    watches: [
      {
        informer: placement.caches.requests,
        toKeys: ({ metadata }: ChangeRequest) => [metadata.name],
      },
      {
        // Requests that wait for the deletion of a tenant, or whose tenant was deleted.
        informer: placement.caches.tenants,
        toKeys: ({ metadata }: Tenant, { type }) =>
          type === 'deleted' || metadata.deletionTimestamp
            ? placement.caches.requests
                .index('tenant', metadata.name)
                .filter(isUnderWay)
                .map(keyOf)
            : [],
      },
      // No keys: only their caches must be filled before requests are judged.
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
