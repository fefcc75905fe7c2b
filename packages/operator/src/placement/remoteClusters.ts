import type {
  Cluster,
  Stale,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Caches } from '../cache';
import { ownCluster } from '../names';
import type { Scope } from './Placement';
import type { Target } from './Target';

/** A cluster that is not the one of our kinds. */
export interface Elsewhere {
  cluster: string;
  /** Absent when there is no Cluster of that name. */
  target?: Target;
}

/**
 * Whether a cluster is the operator's own. One that no Cluster describes is when it has the usual name, and no
 * other one is described as its own.
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

/** The other cluster on which an environment is; `undefined` when it is on the hub, or nowhere. */
export function elsewhere(
  { caches, targets }: Pick<Scope, 'caches' | 'targets'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
  environment: string,
): Elsewhere | undefined {
  const cluster = tenant?.spec.environments.find(
    ({ name }) => name === environment,
  )?.cluster;
  return cluster === undefined || isHub(caches, cluster)
    ? undefined
    : { cluster, target: targets.get(cluster) };
}

/** Whether an environment is on the cluster that a scope works on. */
export function isHere(
  scope: Pick<Scope, 'caches' | 'target' | 'targets'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
  environment: string,
): boolean {
  return elsewhere(scope, tenant, environment)?.cluster === scope.target?.name;
}

/** The part of a tenant that is on the cluster that a scope works on. */
export function partOf<T extends Pick<Tenant, 'spec'>>(
  scope: Pick<Scope, 'caches' | 'target' | 'targets'>,
  tenant: T,
): T {
  const environments = tenant.spec.environments.filter(({ name }) =>
    isHere(scope, tenant, name),
  );
  return { ...tenant, spec: { ...tenant.spec, environments } };
}

/**
 * Since when and why what is known of another cluster is what was last seen; `undefined` while it is not.
 *
 * @param before - as it was last told
 */
export function staleOf(
  { cluster, target }: Elsewhere,
  before: Stale | undefined,
  now: string,
): Stale | undefined {
  if (!target)
    return {
      since: before?.since ?? now,
      why: `There is no cluster "${cluster}".`,
    };
  const { presence } = target;
  if (presence.phase === 'here') return undefined;
  // What was told before the operator began anew holds until its cluster is here.
  if (presence.phase === 'connecting') return before;
  return {
    since: before?.since ?? presence.since,
    why: `The cluster ${cluster} is away: ${presence.why}.`,
  };
}
