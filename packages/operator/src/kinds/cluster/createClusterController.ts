import { Controller } from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../placement';
import { reconcileCluster } from './reconcileCluster';

/** Number of keys reconciled concurrently. */
const concurrency = 1;

/** Creates the controller that reports the state of clusters. */
export function createClusterController(placement: Placement): Controller {
  const { caches, log } = placement;
  return new Controller({
    name: 'cluster',
    log,
    observer: placement.metrics?.observerFor('cluster', concurrency),
    concurrency,
    watches: [
      {
        informer: caches.clusters,
        toKeys: ({ metadata }: Cluster) => [metadata.name],
      },
      { informer: caches.nodes, toKeys: () => [] },
    ],
    reconcile: (key, { signal }) => reconcileCluster(placement, key, signal),
  });
}
