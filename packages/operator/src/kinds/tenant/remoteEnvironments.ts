import { toInstant } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';

import {
  elsewhere,
  staleOf,
  type Elsewhere,
  type Target,
  type PhaseState,
  type Scope,
  type TenantStates,
} from '../../placement';
import type { EnvironmentStatus } from './environmentState';

type Part = Pick<Tenant, 'metadata' | 'spec' | 'status'>;

/** The state of an environment on another cluster: what was last seen, and whether that is old. */
export function environmentElsewhere(
  { metadata, status }: Part,
  { name }: Pick<TenantEnvironment, 'name'>,
  where: Elsewhere,
  now: Date,
): EnvironmentStatus {
  const before = status?.environments?.find(one => one.name === name);
  const reported = reportOf(where, metadata.name)?.environments.find(
    one => one.name === name,
  );
  const unseen: EnvironmentStatus = {
    name,
    namespace: environmentNamespace(metadata.name, name),
    ready: false,
  };
  const {
    stale: _told,
    suspendedAt: _ended,
    ...seen
  } = reported ?? before ?? unseen;
  const stale = staleOf(where, before?.stale, toInstant(now));
  return { ...seen, ...(stale && { stale }) };
}

/** What other clusters say of a tenant that has environments there, each once. */
export function statesElsewhere(
  scope: Pick<Scope, 'caches' | 'targets'>,
  tenant: Part,
): TenantStates[] {
  const byCluster = new Map<string, [Elsewhere, TenantEnvironment[]]>();
  for (const environment of tenant.spec.environments) {
    const where = elsewhere(scope, tenant, environment.name);
    if (!where) continue;
    const [, others = []] = byCluster.get(where.cluster) ?? [];
    byCluster.set(where.cluster, [where, [...others, environment]]);
  }
  return [...byCluster.values()].map(([where, environments]) =>
    statesOn(tenant, where, environments),
  );
}

/**
 * States of several clusters as one: of each part what is not as it should be.
 *
 * @param count - environments on all of them
 */
export function combined(
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
      message: `${count} of ${count} environments are there`,
    };
  return result;
}

/** The generation of a tenant on which all clusters have worked that can be. */
export function generationSeen(
  scope: Pick<Scope, 'caches' | 'targets'>,
  tenant: Part,
): number {
  const { generation = 0, name } = tenant.metadata;
  const reports = tenant.spec.environments.flatMap(environment => {
    const { target } = elsewhere(scope, tenant, environment.name) ?? {};
    if (!target?.isHere) return [];
    return target.tenants.get(name)?.generation ?? 0;
  });
  const before = tenant.status?.observedGeneration ?? 0;
  return reports.every(one => one >= generation) ? generation : before;
}

/** Clusters on which something of a tenant may be: those that it names, and those it has left while they were away. */
export function clustersOf(
  { targets }: Pick<Scope, 'targets'>,
  { metadata, spec, status }: Part,
): string[] {
  const named = spec.environments.map(({ cluster }) => cluster);
  const mayHave = (target: Target) =>
    named.includes(target.name) ||
    (status?.clusters?.includes(target.name) &&
      namespacesOn(target, metadata.name)?.length !== 0);
  return targets
    .list()
    .filter(mayHave)
    .map(({ name }) => name)
    .sort();
}

/** Why a tenant that goes has to wait for other clusters; `undefined` when it has not. */
export function waitingElsewhere(
  { targets }: Pick<Scope, 'targets'>,
  { metadata, spec, status }: Part,
): PhaseState | undefined {
  const named = [
    ...spec.environments.map(({ cluster }) => cluster),
    ...(status?.clusters ?? []),
  ];
  for (const target of targets.list()) {
    const { name, presence } = target;
    const left = namespacesOn(target, metadata.name);
    if (left?.length)
      return {
        status: 'False',
        reason: 'NamespacesTerminating',
        message: `Waiting for the deletion of ${left.join(
          ', ',
        )} on the cluster ${name}`,
      };
    if (!left && named.includes(name))
      return {
        status: 'False',
        reason: 'ClusterAway',
        message: `Waiting for the cluster ${name}, where something of the tenant may be${
          presence.phase === 'away'
            ? `: it is away since ${presence.since}. If it is gone for good, delete the Cluster ${name}, and what is there is left behind`
            : ''
        }`,
      };
  }
  return undefined;
}

/** Names of a tenant's namespaces on a target; `undefined` while that is not known. */
function namespacesOn(target: Target, tenant: string): string[] | undefined {
  return target.isHere
    ? target.caches?.namespaces
        .index('tenant', tenant)
        .map(({ metadata }) => metadata.name)
    : undefined;
}

function reportOf({ target }: Elsewhere, tenant: string) {
  return target?.tenants.get(tenant);
}

function statesOn(
  { metadata, status }: Part,
  where: Elsewhere,
  environments: TenantEnvironment[],
): TenantStates {
  const { cluster, target } = where;
  const names = environments.map(({ name }) => name);
  if (!target)
    return {
      NamespacesReady: {
        status: 'False',
        reason: 'ClusterNotFound',
        message: `There is no cluster "${cluster}", on which ${names.join(
          ', ',
        )} should be; ask the platform team`,
      },
    };
  const has = (
    all: EnvironmentStatus[] | undefined,
    isSo = (_: EnvironmentStatus) => true,
  ) => names.every(name => all?.some(one => one.name === name && isSo(one)));
  const report = reportOf(where, metadata.name);
  if (has(report?.environments)) return report!.states;
  // Before anything was seen since the operator began, what was seen before it holds.
  if (has(status?.environments, ({ ready }) => ready)) return {};
  const { presence } = target;
  return {
    NamespacesReady: {
      status: 'False',
      reason: presence.phase === 'away' ? 'ClusterAway' : 'NamespacesPending',
      message:
        presence.phase === 'away'
          ? `${names.join(
              ', ',
            )} cannot be made: the cluster ${cluster} is away since ${
              presence.since
            }: ${presence.why}`
          : `${names.join(', ')} is being made on the cluster ${cluster}`,
    },
  };
}
