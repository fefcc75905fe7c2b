import {
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common';
import { writeStatus } from '../../apply';

import { answeringStatus, targetStatus } from './status';
import type { Scope } from '../../placement';
import { lookAtCluster } from '../../inspection';

/** Milliseconds between heartbeats. */
export const heartbeatInterval = 30_000;

/** Reports version, capacity, network and a heartbeat of a cluster. */
export async function reconcileCluster(
  scope: Scope,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, now, targets } = scope;
  const cluster = caches.clusters.get(name);
  if (!cluster) return done;
  if (!cluster.spec.credentials) return reportHub(scope, cluster, signal);
  const target = targets.get(name);
  // Its connection calls as soon as there is one.
  if (!target) return done;
  const status = targetStatus(cluster, target, now());
  await writeStatus(scope, caches.clusters, cluster, status, signal);
  return done;
}

async function reportHub(
  scope: Scope,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, now } = scope;
  const age =
    now().getTime() - new Date(cluster.status?.heartbeat ?? 0).getTime();
  const isCurrent =
    cluster.status?.observedGeneration === cluster.metadata.generation;
  if (isCurrent && age < heartbeatInterval)
    return requeueAfter(heartbeatInterval - age);
  const look = await lookAtCluster(scope, signal);
  const status = answeringStatus(cluster, look, now());
  await writeStatus(scope, caches.clusters, cluster, status, signal);
  return requeueAfter(heartbeatInterval);
}
