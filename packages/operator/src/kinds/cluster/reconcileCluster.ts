import {
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  addressesReadyCondition,
  findCondition,
  nodesReadyCondition,
  type Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { writeStatus } from '../../apply';
import { inspectCluster, nodesReadiness } from '../../inspection';
import type { Placement } from '../../placement';
import { connectedStatus, targetStatus } from './status';

/** Milliseconds between heartbeats. */
export const heartbeatInterval = 30_000;

/** Reports version, capacity, network and a heartbeat of a cluster. */
export async function reconcileCluster(
  placement: Placement,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, now, targets } = placement;
  const cluster = caches.clusters.get(name);
  if (!cluster) return done;
  if (!cluster.spec.credentials) return reportHub(placement, cluster, signal);
  const target = targets.get(name);
  // The target enqueues its Cluster as soon as it exists.
  if (!target) return done;
  const status = targetStatus(cluster, target, now());
  await writeStatus(placement, caches.clusters, cluster, status, signal);
  return done;
}

async function reportHub(
  placement: Placement,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, now } = placement;
  const addresses = addressesOf(placement, cluster);
  const age =
    now().getTime() - new Date(cluster.status?.heartbeat ?? 0).getTime();
  const isCurrent =
    cluster.status?.observedGeneration === cluster.metadata.generation &&
    withoutDurations(
      findCondition(cluster.status, nodesReadyCondition)?.message,
    ) === withoutDurations(nodesReadiness(caches.nodes.list()).message) &&
    findCondition(cluster.status, addressesReadyCondition)?.message ===
      addresses?.message;
  if (isCurrent && age < heartbeatInterval)
    return requeueAfter(heartbeatInterval - age);
  const look = await inspectCluster(placement, signal);
  const status = connectedStatus(cluster, look, now(), addresses);
  await writeStatus(placement, caches.clusters, cluster, status, signal);
  return requeueAfter(heartbeatInterval);
}

/** Returns the state of the networking profile; what it was until it is determined after a start. */
function addressesOf({ addresses }: Placement, cluster: Cluster) {
  return addresses.isComplete
    ? addresses.ofCluster(cluster.metadata.name)
    : findCondition(cluster.status, addressesReadyCondition);
}

/** Removes durations such as 3m1.5s, which grow with each heartbeat of a kubelet that is not ready. */
function withoutDurations(message = ''): string {
  return message.replaceAll(/(\d+(\.\d+)?(h|m|s|ms|µs))+/g, '');
}
