import { toInstant } from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common';
import { capacityOf } from './capacity';
import { lookAtNetwork } from './inspectNetwork';
import type { Enforcement } from './networkPolicy';
import type { Scope } from '../placement';

/** What a cluster has, and when it was looked. */
export interface ClusterLook {
  version: string;
  nodes: number;
  capacity: NonNullable<NonNullable<Cluster['status']>['capacity']>;
  network: Enforcement;
  /** RFC 3339. */
  at: string;
}

/** Finds out what the cluster has that is worked on. */
export async function lookAtCluster(
  scope: Scope,
  signal: AbortSignal,
): Promise<ClusterLook> {
  const { caches, client, now } = scope;
  const { gitVersion } = await client.request<{ gitVersion: string }>({
    path: '/version',
    signal,
  });
  const nodes = caches.nodes.list();
  return {
    version: gitVersion,
    nodes: nodes.length,
    capacity: capacityOf(nodes),
    network: await lookAtNetwork(scope, signal),
    at: toInstant(now()),
  };
}
