import {
  environmentNamespace,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  lastKnownState,
  remoteClusterOf,
  type PhaseState,
  type Placement,
  type RemoteCluster,
  type TenantStates,
} from '../../placement';
import type { EnvironmentStatus } from './environmentState';

/** Returns the last known state of an environment on another cluster. */
export function remoteEnvironmentStatus(
  { metadata, status }: Tenant,
  environment: string,
  remote: RemoteCluster,
  now: Date,
): EnvironmentStatus {
  const isOf = ({ name }: EnvironmentStatus) => name === environment;
  const report = remote.target?.tenants.get(metadata.name);
  const state = lastKnownState<EnvironmentStatus>(
    remote,
    {
      reported: report?.environments.find(isOf),
      previous: status?.environments?.find(isOf),
      initial: {
        name: environment,
        namespace: environmentNamespace(metadata.name, environment),
        ready: false,
      },
    },
    now,
  );
  // The hub evaluates again whether the environment has ended.
  const { suspendedAt: _previous, ...rest } = state;
  return rest;
}

/** Returns the phase states of a tenant on each other cluster of its environments. */
export function remoteStates(
  placement: Pick<Placement, 'caches' | 'targets'>,
  tenant: Tenant,
): TenantStates[] {
  const byCluster = new Map<string, [RemoteCluster, TenantEnvironment[]]>();
  for (const environment of tenant.spec.environments) {
    const remote = remoteClusterOf(placement, tenant, environment.name);
    if (!remote) continue;
    const [, others = []] = byCluster.get(remote.cluster) ?? [];
    byCluster.set(remote.cluster, [remote, [...others, environment]]);
  }
  return [...byCluster.values()].map(([remote, environments]) =>
    statesOn(tenant, remote, environments),
  );
}

/**
 * Merges the phase states of several clusters: of each condition, a state that is not true wins.
 *
 * @param count - environments on all clusters
 */
export function mergeConditions(
  own: TenantStates,
  others: TenantStates[],
  count: number,
): TenantStates {
  if (others.length === 0) return own;
  const all = [own, ...others].flatMap(
    states => Object.entries(states) as [keyof TenantStates, PhaseState][],
  );
  const result: TenantStates = {};
  for (const [type, state] of all) {
    const known = result[type];
    if (!known || (known.status === 'True' && state.status !== 'True'))
      result[type] = state;
  }
  const { NamespacesReady: namespaces } = result;
  if (namespaces?.status === 'True')
    result.NamespacesReady = {
      ...namespaces,
      message: `${count} of ${count} namespaces exist`,
    };
  return result;
}

/**
 * Returns the targets that may have objects of a tenant: those of its environments, and former ones that are
 * not known to be empty.
 */
export function occupiedClusters(
  { targets }: Pick<Placement, 'targets'>,
  { metadata, spec, status }: Tenant,
): string[] {
  const named = spec.environments.map(({ cluster }) => cluster);
  return targets
    .list()
    .filter(({ caches, isConnected, name }) => {
      if (named.includes(name)) return true;
      if (!status?.clusters?.includes(name)) return false;
      const known = isConnected ? caches?.namespaces : undefined;
      return known?.index('tenant', metadata.name).length !== 0;
    })
    .map(({ name }) => name)
    .sort();
}

function statesOn(
  { metadata, status }: Tenant,
  { cluster, target }: RemoteCluster,
  environments: TenantEnvironment[],
): TenantStates {
  const names = environments.map(({ name }) => name);
  const list = names.join(', ');
  if (!target)
    return pending(
      'ClusterNotFound',
      `Cluster "${cluster}" of ${list} was not found; contact the platform team`,
    );
  const report = target.tenants.get(metadata.name);
  if (report && names.every(name => isIn(report.environments, name)))
    return report.states;
  // After a restart of the operator, the written status holds until the target reports.
  const ready = status?.environments?.filter(one => one.ready);
  if (names.every(name => isIn(ready, name))) return {};
  const { connectivity } = target;
  return connectivity.phase === 'unreachable'
    ? pending(
        'ClusterAway',
        `${list} can't be created: cluster ${cluster} has been unreachable since ${connectivity.since}: ${connectivity.why}`,
      )
    : pending(
        'NamespacesPending',
        `${list} is being created on cluster ${cluster}`,
      );
}

function pending(reason: string, message: string): TenantStates {
  return { NamespacesReady: { status: 'False', reason, message } };
}

function isIn(environments: EnvironmentStatus[] = [], environment: string) {
  return environments.some(({ name }) => name === environment);
}
