import { keyOf, type Controller } from '@bailiwick/backstage-kube-controller';
import { createController, type Placement } from '../../placement';
import { reconcileCluster } from './reconcileCluster';

/** Creates the controller that reports the state of clusters. */
export function createClusterController(placement: Placement): Controller {
  const { clusters, nodes } = placement.caches;
  return createController(placement, 'cluster', {
    watches: [
      { informer: clusters, toKeys: cluster => [keyOf(cluster)] },
      { informer: nodes, toKeys: () => [] },
    ],
    reconcile: (key, { signal }) => reconcileCluster(placement, key, signal),
  });
}
