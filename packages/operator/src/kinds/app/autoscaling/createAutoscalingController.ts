import {
  fromKey,
  keyOf,
  type Change,
  type Controller,
  type Deployment,
} from '@bailiwick/backstage-kube-controller';
import { createController, type Placement } from '../../../placement';
import { readReplicaRange } from '../desired';
import { ReplicaScaler } from './ReplicaScaler';

/** Number of apps whose pods are read concurrently. */
const concurrency = 16;

/** Creates the controller that scales Deployments between their limits by the calls in their pods. */
export function createAutoscalingController(placement: Placement): Controller {
  const { deployments } = placement.caches;
  const scaler = new ReplicaScaler(placement);
  return createController(placement, 'autoscaling', {
    concurrency,
    shardOf: key => fromKey(key).namespace ?? '',
    watches: [
      {
        informer: deployments,
        toKeys: (deployment: Deployment, change) =>
          readReplicaRange(deployment) && isScaleChange(change)
            ? [keyOf(deployment)]
            : [],
      },
    ],
    reconcile: (key, { signal }) => scaler.reconcile(key, signal),
  });
}

/** Whether the number of pods or its limits changed; everything else waits for the next poll. */
function isScaleChange({
  object,
  previous,
  type,
}: Change<Deployment>): boolean {
  return (
    type === 'deleted' || !previous || scaleOf(object) !== scaleOf(previous)
  );
}

function scaleOf(deployment: Deployment): string {
  return JSON.stringify([
    readReplicaRange(deployment),
    deployment.spec?.replicas,
  ]);
}
