import {
  toInstant,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import type {
  Cluster,
  Stale,
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

/**
 * Returns since when and why the known state of a cluster is outdated; `undefined` while it is current.
 *
 * @param before - staleness in the last written status
 */
export function stalenessOf(
  { cluster, target }: RemoteCluster,
  before: Stale | undefined,
  now: string,
): Stale | undefined {
  if (!target)
    return {
      since: before?.since ?? now,
      why: `Cluster "${cluster}" was not found.`,
    };
  const { connectivity } = target;
  if (connectivity.phase === 'connected') return undefined;
  // After a restart of the operator, the written staleness holds until the cluster is connected.
  if (connectivity.phase === 'connecting') return before;
  return {
    since: before?.since ?? connectivity.since,
    why: `Cluster ${cluster} is unreachable: ${connectivity.why}.`,
  };
}

/**
 * Returns the last known state of an environment on another cluster, marked as stale while the cluster is
 * not connected.
 *
 * @param states - `reported` by the target since the operator started, `previous` from the written status,
 * and the `initial` one when there is neither
 */
export function lastKnownState<T extends { stale?: Stale }>(
  remote: RemoteCluster,
  states: { reported?: T; previous?: T; initial: T },
  now: Date,
): T {
  const { reported, previous, initial } = states;
  const stale = stalenessOf(remote, previous?.stale, toInstant(now));
  const { stale: _outdated, ...state } = reported ?? previous ?? initial;
  return { ...state, ...(stale && { stale }) } as T;
}

/**
 * Returns the generation of an object that all connected targets have reconciled; the one in its status until
 * then.
 *
 * @param environments - names of its environments
 * @param reportOn - finds the report of a target about the object
 */
export function reconciledGeneration(
  placement: Pick<Placement, 'caches' | 'targets'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
  object: KubeObject & { status?: { observedGeneration?: number } },
  environments: string[],
  reportOn: (target: Target) => { generation: number } | undefined,
): number {
  const { generation = 0 } = object.metadata;
  const isObserved = environments.every(environment => {
    const { target } = remoteClusterOf(placement, tenant, environment) ?? {};
    if (!target?.isConnected) return true;
    return (reportOn(target)?.generation ?? 0) >= generation;
  });
  return isObserved ? generation : object.status?.observedGeneration ?? 0;
}

/**
 * Returns the first target that still has objects of something being deleted, or that may have some and is
 * not connected.
 *
 * @param named - clusters on which objects may exist
 * @param objectsIn - finds the objects in the caches of a target
 */
export function pendingTarget<T extends KubeObject>(
  { targets }: Pick<Placement, 'targets'>,
  named: readonly (string | undefined)[],
  objectsIn: (caches: Caches) => T[],
): { target: Target; objects?: T[] } | undefined {
  for (const target of targets.list()) {
    const { caches, isConnected, name } = target;
    const objects = isConnected && caches ? objectsIn(caches) : undefined;
    if (objects ? objects.length > 0 : named.includes(name))
      return { target, objects };
  }
  return undefined;
}
