import { toInstant } from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { capacityOf } from './capacity';
import type { InspectedCluster } from './InspectedCluster';
import { inspectNetwork } from './inspectNetwork';
import type { Enforcement } from './networkPolicy';
import { nodesReadiness } from './nodeReadiness';
import { supportsUserNamespaces } from './userNamespaces';

/** Version, capacity and capabilities of a cluster at a time. */
export interface ClusterInspection {
  version: string;
  nodes: number;
  /** Whether all nodes are ready, as a condition. */
  nodesReady: ReturnType<typeof nodesReadiness>;
  capacity: NonNullable<NonNullable<Cluster['status']>['capacity']>;
  network: Enforcement;
  /** `undefined` while no node is known. */
  userNamespaces: boolean | undefined;
  /** RFC 3339. */
  at: string;
}

/** Reads the version, capacity and capabilities of a cluster. */
export async function inspectCluster(
  cluster: InspectedCluster,
  signal: AbortSignal,
): Promise<ClusterInspection> {
  const { caches, client, now } = cluster;
  const { gitVersion } = await client.request<{ gitVersion: string }>({
    path: '/version',
    signal,
  });
  const nodes = caches.nodes.list();
  return {
    version: gitVersion,
    nodes: nodes.length,
    nodesReady: nodesReadiness(nodes),
    capacity: capacityOf(nodes),
    network: await inspectNetwork(cluster, signal),
    userNamespaces: supportsUserNamespaces(nodes),
    at: toInstant(now()),
  };
}
