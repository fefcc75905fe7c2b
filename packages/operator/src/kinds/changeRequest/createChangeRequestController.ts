import { keyOf, type Controller } from '@bailiwick/backstage-kube-controller';
import {
  tenantOfHome,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isInProgress } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createController, type Placement } from '../../placement';
import { reconcileChangeRequest } from './reconcileChangeRequest';

/** Timeout of a reconciliation in milliseconds, after which the next request is processed. */
const timeout = 30_000;

/**
 * Creates the controller of requests, one at a time, so that each is judged after the effects of
 * earlier ones.
 */
export function createChangeRequestController(
  placement: Placement,
): Controller {
  const { apps, plans, quotas, releases, requests, tenants } = placement.caches;
  return createController(placement, 'changerequest', {
    concurrency: 1,
    timeout,
    // A requester with a thousand requests delays those of others by one.
    shardOf: key => requests.get(key)?.spec.requestedBy ?? '',
    watches: [
      { informer: requests, toKeys: request => [keyOf(request)] },
      {
        // Requests that wait for the deletion of a tenant, or whose tenant was deleted.
        informer: tenants,
        toKeys: ({ metadata }: Tenant, { type }) =>
          type === 'deleted' || metadata.deletionTimestamp
            ? requests
                .index('tenant', metadata.name)
                .filter(isInProgress)
                .map(keyOf)
            : [],
      },
      {
        // Requests whose app was deleted.
        informer: apps,
        toKeys: ({ metadata }: App, { type }) =>
          type === 'deleted' || metadata.deletionTimestamp
            ? requests
                .index('tenant', tenantOfHome(metadata.namespace ?? '') ?? '')
                .filter(
                  one =>
                    isInProgress(one) && one.spec.target.name === metadata.name,
                )
                .map(keyOf)
            : [],
      },
      // No keys: only their caches must be filled before requests are judged.
      ...[plans, quotas, releases].map(informer => ({
        informer,
        toKeys: () => [],
      })),
    ],
    reconcile: (key, { signal }) =>
      reconcileChangeRequest(placement, key, signal),
  });
}
