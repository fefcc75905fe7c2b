import { Controller } from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Placement } from '../../placement';
import { reconcileCluster } from './reconcileCluster';

/** Keys worked on at a time. */
const concurrency = 1;

/** Reports the state of clusters at intervals. */
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
