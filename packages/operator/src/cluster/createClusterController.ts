import {
  Controller,
  type ControllerOptions,
} from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Scope } from '../scope';
import { reconcileCluster } from './reconcileCluster';

/** Reports the state of clusters at intervals. */
export function createClusterController(
  scope: Scope,
  observe: ControllerOptions['observe'],
): Controller {
  const { caches, log } = scope;
  return new Controller({
    name: 'cluster',
    log,
    observe,
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
