import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  clusterKind,
  findCondition,
  tenantKind,
  type Cluster,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** A cluster, as the operator last saw it. */
export interface ClusterLine {
  name: string;
  title: string;
  /** Whether it is Bailiwick's own. */
  isHub: boolean;
  /** Reason of its condition Ready, such as `Answers` or `Unreachable`. */
  state: string;
  /** Words of that. */
  message: string;
  version?: string;
  /** When it answered last, RFC 3339. */
  heartbeat?: string;
  environments: number;
}

/** All clusters, by their names. */
export async function listTargets(hub: KubeClient): Promise<ClusterLine[]> {
  const clusters = await hub.resource<Cluster>(clusterKind).list();
  const tenants = await hub.resource<Tenant>(tenantKind).list();
  const places = tenants.flatMap(({ spec }) =>
    spec.environments.map(({ cluster }) => cluster),
  );
  return clusters
    .map(({ metadata: { name }, spec, status }) => {
      const ready = findCondition(status, 'Ready');
      return {
        name,
        title: spec.title,
        isHub: spec.credentials === undefined,
        state: ready?.reason ?? 'Unknown',
        message: ready?.message ?? 'Not reconciled yet',
        version: status?.version,
        heartbeat: status?.heartbeat,
        environments: places.filter(cluster => cluster === name).length,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Clusters as lines of text. */
export function formatClusters(lines: ClusterLine[]): string {
  const width = Math.max(0, ...lines.map(({ name }) => name.length));
  return lines
    .map(({ name, environments, isHub, message }) => {
      const own = isHub ? ' (own)' : '';
      const places =
        environments === 1 ? '1 environment' : `${environments} environments`;
      return `${name.padEnd(width)}  ${places}${own}  ${message}\n`;
    })
    .join('');
}
