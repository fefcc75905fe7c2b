import {
  deriveReady,
  parseQuantity,
  setCondition,
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

type Status = NonNullable<Tenant['status']>;
type EnvironmentStatus = NonNullable<Status['environments']>[number];

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
  const environments = environmentStates(tenant, caches);
  const settled = environments.filter(({ ready }) => ready).length;
  const ready = deriveReady(conditions, tenantConditions, {
    reason: 'AllEnvironmentsReady',
    message: `${settled} of ${
      environments.length
    } environments ready${isolationCaveat(isolation)}`,
  });
  conditions = setCondition(conditions, { ...ready, observedGeneration }, now);
  return {
    observedGeneration,
    phase: phaseOf(
      tenant,
      Boolean(deletionTimestamp),
      ready.status === 'True',
      now,
    ),
    conditions,
    environments,
  };
}

function phaseOf(
  { spec }: Tenant,
  isGoing: boolean,
  isReady: boolean,
  now: Date,
): Status['phase'] {
  if (isGoing) return 'Deleting';
  if (spec.expiresAt && new Date(spec.expiresAt) <= now) return 'Expired';
  return isReady ? 'Ready' : 'Pending';
}

function environmentStates(
  { metadata, spec }: Tenant,
  { namespaces, quotas }: Caches,
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
    };
  });
}

function amounts(resources: NonNullable<ResourceQuota['status']>['hard'] = {}) {
  return {
    cpu: resources['requests.cpu'] ?? '0',
    memory: resources['requests.memory'] ?? '0',
    // The API server writes a thousand as `1k`.
    pods: parseQuantity(resources.pods ?? '0') ?? 0,
    apps: parseQuantity(resources['count/deployments.apps'] ?? '0') ?? 0,
  };
}
