import {
  deriveReady,
  parseQuantity,
  removeCondition,
  setCondition,
  toInstant,
  type ResourceQuota,
} from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { PhaseState } from '../apply';
import type { Caches } from '../cache';
import { limitsName } from './desired';
import { isolationCaveat, isolationOf } from './isolation';
import { isOver, lifeOf, type Life } from './life';
import { usageWith } from './usage';

type Status = NonNullable<Tenant['status']>;
type EnvironmentStatus = NonNullable<Status['environments']>[number];

/** Condition of a tenant that has ended; a tenant that lives has none. */
const endCondition = 'Active';

/** Parts of a tenant, most telling first; Ready follows from them. */
export const tenantConditions = [
  'NamespacesReady',
  'LimitsReady',
  'AccessReady',
  'NetworkReady',
] as const;

/** States of the phases by condition type. */
export type TenantStates = Partial<
  Record<(typeof tenantConditions)[number], PhaseState>
>;

/** The status of a tenant after its phases. */
export function tenantStatus(
  tenant: Tenant,
  states: TenantStates,
  caches: Caches,
  now: Date,
): Status {
  const { generation: observedGeneration = 0, deletionTimestamp } =
    tenant.metadata;
  let conditions = tenant.status?.conditions ?? [];
  for (const [type, state] of Object.entries(states)) {
    conditions = setCondition(
      conditions,
      { type, ...state, observedGeneration },
      now,
    );
  }
  const isolation = isolationOf(tenant, name => caches.clusters.get(name));
  conditions = setCondition(
    conditions,
    { type: 'Isolated', ...isolation, observedGeneration },
    now,
  );
  const plan = caches.plans.get(tenant.spec.plan);
  const life = lifeOf(tenant, plan, now);
  const end = deletionTimestamp ? undefined : endState(tenant, life);
  conditions = end
    ? setCondition(
        conditions,
        { type: endCondition, ...end, observedGeneration },
        now,
      )
    : removeCondition(conditions, endCondition);
  const environments = environmentStates(tenant, caches, life);
  const ready = deriveReady(
    conditions,
    [...(end ? [endCondition] : []), ...tenantConditions],
    {
      reason: 'AllEnvironmentsReady',
      message: summary(tenant, environments) + isolationCaveat(isolation),
    },
  );
  conditions = setCondition(conditions, { ...ready, observedGeneration }, now);
  const { usage: before = [] } = tenant.status ?? {};
  const usage = usageWith(before, environments, plan, now);
  return {
    observedGeneration,
    phase: phaseOf(tenant, life, ready.status === 'True', now),
    conditions,
    environments,
    ...(life.end && { suspendedAt: life.end.suspendedAt }),
    ...(usage.length > 0 && { usage }),
  };
}

/** How many environments are ready, and what hinders people in them. */
function summary({ spec }: Tenant, environments: EnvironmentStatus[]): string {
  const ready = environments.filter(one => one.ready).length;
  const ended = environments.flatMap(({ name, suspendedAt }) =>
    suspendedAt ? name : [],
  );
  return [
    `${ready} of ${environments.length} environments ready`,
    ...(ended.length > 0
      ? [`suspended at their end: ${ended.join(', ')}`]
      : []),
    ...(spec.cordon ? [`cordoned: ${spec.cordon.reason}`] : []),
  ].join(', ');
}

/** Why a tenant is suspended and what to do; `undefined` while it lives. */
function endState({ spec }: Tenant, { end }: Life): PhaseState | undefined {
  if (!end) return undefined;
  const later = end.removedAt
    ? `it is deleted on ${toInstant(end.removedAt)} unless it is renewed before`
    : `how long it is kept is not known, for there is no plan "${spec.plan}"`;
  return {
    status: 'False',
    reason: 'Ended',
    message: `Ended on ${spec.expiresAt}: its apps are suspended and its data is kept; ${later}`,
  };
}

function phaseOf(
  { metadata }: Tenant,
  { end }: Life,
  isReady: boolean,
  now: Date,
): Status['phase'] {
  if (metadata.deletionTimestamp) return 'Deleting';
  if (end) return isOver(end, now) ? 'Expired' : 'Suspended';
  return isReady ? 'Ready' : 'Pending';
}

function environmentStates(
  { metadata, spec }: Tenant,
  { namespaces, quotas }: Caches,
  { ends }: Life,
): EnvironmentStatus[] {
  return spec.environments.map(({ name }) => {
    const namespace = environmentNamespace(metadata.name, name);
    const found = namespaces.get(namespace);
    const { hard, used } = quotas.get(limitsName, namespace)?.status ?? {};
    return {
      name,
      namespace,
      ready: found?.status?.phase === 'Active' && hard !== undefined,
      ...(used && { used: amounts(used) }),
      ...(hard && { limit: amounts(hard) }),
      ...(ends.has(name) && { suspendedAt: ends.get(name)?.suspendedAt }),
    };
  });
}

function amounts(resources: NonNullable<ResourceQuota['status']>['hard'] = {}) {
  return {
    cpu: resources['requests.cpu'] ?? '0',
    memory: resources['requests.memory'] ?? '0',
    storage: resources['requests.storage'] ?? '0',
    // The API server writes a thousand as `1k`.
    pods: parseQuantity(resources.pods ?? '0') ?? 0,
    apps: parseQuantity(resources['count/deployments.apps'] ?? '0') ?? 0,
  };
}
