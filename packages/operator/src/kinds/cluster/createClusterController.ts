import { keyOf, type Controller } from '@bailiwick/backstage-kube-controller';
import { hasChangedReadiness } from '../../inspection';
import { createController, type Placement } from '../../placement';
import { reconcileCluster } from './reconcileCluster';

/** Creates the controller that reports the state of clusters. */
export function createClusterController(placement: Placement): Controller {
  const { clusters, nodes } = placement.caches;
  const own = () =>
    clusters.list().filter(({ spec }) => spec.credentials === undefined);
  return createController(placement, 'cluster', {
    watches: [
      { informer: clusters, toKeys: cluster => [keyOf(cluster)] },
      {
        informer: nodes,
        toKeys: (_node, change) =>
          hasChangedReadiness(change) ? own().map(keyOf) : [],
      },
    ],
    reconcile: (key, { signal }) => reconcileCluster(placement, key, signal),
  });
}
