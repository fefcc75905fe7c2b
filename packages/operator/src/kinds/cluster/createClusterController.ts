import { Controller } from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common';
import { reconcileCluster } from './reconcileCluster';
import type { Scope } from '../../placement';

/** Keys worked on at a time. */
const concurrency = 1;

/** Reports the state of clusters at intervals. */
export function createClusterController(scope: Scope): Controller {
  const { caches, log } = scope;
  return new Controller({
    name: 'cluster',
    log,
    observer: scope.metrics?.observerFor('cluster', concurrency),
    concurrency,
    watches: [
      {
        informer: caches.clusters,
        toKeys: ({ metadata }: Cluster) => [metadata.name],
      },
      { informer: caches.nodes, toKeys: () => [] },
    ],
    reconcile: (key, { signal }) => reconcileCluster(scope, key, signal),
  });
}
