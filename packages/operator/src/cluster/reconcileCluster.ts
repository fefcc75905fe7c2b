import {
  done,
  requeueAfter,
  setCondition,
  toInstant,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import { writeStatus } from '../apply';
import type { Scope } from '../scope';
import { capacityOf } from './capacity';
import { lookAtNetwork } from './lookAtNetwork';
import { networkPolicyCondition } from './networkPolicy';

/** Milliseconds between heartbeats. */
export const heartbeatInterval = 30_000;

/** Reports version, capacity, network and a heartbeat of the operator's own cluster. */
export async function reconcileCluster(
  scope: Scope,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, client, now } = scope;
  const cluster = caches.clusters.get(name);
  // Clusters with credentials are others; this operator serves only its own.
  if (!cluster || cluster.spec.credentials) return done;
  const age =
    now().getTime() - new Date(cluster.status?.heartbeat ?? 0).getTime();
  const isCurrent =
    cluster.status?.observedGeneration === cluster.metadata.generation;
  if (isCurrent && age < heartbeatInterval)
    return requeueAfter(heartbeatInterval - age);

  const { gitVersion } = await client.request<{ gitVersion: string }>({
    path: '/version',
    signal,
  });
  const observedGeneration = cluster.metadata.generation ?? 0;
  const nodes = caches.nodes.list();
  const network = await lookAtNetwork(scope, signal);
  const conditions = setCondition(
    cluster.status?.conditions,
    {
      type: 'Ready',
      status: 'True',
      reason: 'Answers',
      message: `Kubernetes ${gitVersion} answers, ${nodes.length} ${
        nodes.length === 1 ? 'node' : 'nodes'
      }`,
      observedGeneration,
    },
    now(),
  );
  await writeStatus(
    scope,
    caches.clusters,
    cluster,
    {
      observedGeneration,
      version: gitVersion,
      capacity: capacityOf(nodes),
      heartbeat: toInstant(now()),
      ...(network.status !== 'Unknown' && {
        capabilities: { networkPolicy: network.status === 'True' },
      }),
      conditions: setCondition(
        conditions,
        { type: networkPolicyCondition, ...network, observedGeneration },
        now(),
      ),
    },
    signal,
  );
  return requeueAfter(heartbeatInterval);
}
