import type {
  Cluster,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../cache';
import { ownCluster } from '../names';
import type { Placement } from './Placement';
import type { Target } from './Target';

/** A cluster other than the hub. */
export interface RemoteCluster {
  cluster: string;
  /** Absent when no Cluster has that name. */
  target?: Target;
}

/**
 * Whether a cluster is the hub: its Cluster has no credentials. Without any such Cluster, the hub is the
 * one with the default name.
 */
export function isHub(
  { clusters }: Pick<Caches, 'clusters'>,
  cluster: string,
): boolean {
  const isOwn = ({ spec }: Cluster) => spec.credentials === undefined;
  const found = clusters.get(cluster);
  return found
    ? isOwn(found)
    : cluster === ownCluster && !clusters.list().some(isOwn);
}

/** Returns the cluster of an environment; `undefined` when it is the hub, or the environment does not exist. */
export function remoteClusterOf(
  { caches, targets }: Pick<Placement, 'caches' | 'targets'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
  environment: string,
): RemoteCluster | undefined {
  const cluster = tenant?.spec.environments.find(
    ({ name }) => name === environment,
  )?.cluster;
  return cluster === undefined || isHub(caches, cluster)
    ? undefined
    : { cluster, target: targets.get(cluster) };
}

/** Whether an environment is on the cluster of a placement. */
export function isPlacedOn(
  placement: Pick<Placement, 'caches' | 'target' | 'targets'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
  environment: string,
): boolean {
  return (
    remoteClusterOf(placement, tenant, environment)?.cluster ===
    placement.target?.name
  );
}

/** Returns a tenant with only the environments on the cluster of a placement. */
export function limitToPlacement<T extends Pick<Tenant, 'spec'>>(
  placement: Pick<Placement, 'caches' | 'target' | 'targets'>,
  tenant: T,
): T {
  const environments = tenant.spec.environments.filter(({ name }) =>
    isPlacedOn(placement, tenant, name),
  );
  return { ...tenant, spec: { ...tenant.spec, environments } };
}
