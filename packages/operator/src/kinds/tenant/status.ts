import {
  deriveReady,
  removeCondition,
  setCondition,
  toInstant,
} from '@bailiwick/backstage-kube-controller';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { PhaseState, Scope } from '../../placement';
import { tenantConditions, type TenantStates } from '../../placement';
import { elsewhere } from '../../placement';
import {
  clustersOf,
  combined,
  environmentElsewhere,
  generationSeen,
  statesElsewhere,
} from './remoteEnvironments';
import { environmentState, type EnvironmentStatus } from './environmentState';
import { isolationCaveat, isolationOf } from './isolation';
import { isOver, lifeOf, type Life } from './expiry';
import { usageWith } from './usage';

type Status = NonNullable<Tenant['status']>;

/** Condition of a tenant that has ended; a tenant that lives has none. */
const endCondition = 'Active';

/**
 * The status of a tenant after its phases.
 *
 * @param own - what came of the phases on the hub
 */
export function tenantStatus(
  scope: Pick<Scope, 'caches' | 'now' | 'targets'>,
  tenant: Tenant,
  own: TenantStates,
): Status {
  const { caches } = scope;
  const now = scope.now();
  const { deletionTimestamp } = tenant.metadata;
  const observedGeneration = generationSeen(scope, tenant);
  const states = deletionTimestamp
    ? own
    : combined(
        own,
        statesElsewhere(scope, tenant),
        tenant.spec.environments.length,
      );
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
  const environments = tenant.spec.environments.map(environment => {
    const { name } = environment;
    const where = elsewhere(scope, tenant, name);
    return {
      ...(where
        ? environmentElsewhere(tenant, environment, where, now)
        : environmentState(caches, tenant.metadata.name, environment)),
      ...(life.ends.has(name) && {
        suspendedAt: life.ends.get(name)?.suspendedAt,
      }),
    };
  });
  const clusters = clustersOf(scope, tenant);
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
    ...(clusters.length > 0 && { clusters }),
  };
}

/** How many environments are ready, and what hinders people in them. */
function summary({ spec }: Tenant, environments: EnvironmentStatus[]): string {
  const ready = environments.filter(one => one.ready).length;
  const ended = environments.flatMap(({ name, suspendedAt }) =>
    suspendedAt ? name : [],
  );
  const away = environments.flatMap(({ name, stale }) => (stale ? name : []));
  return [
    `${ready} of ${environments.length} environments ready`,
    ...(away.length > 0 ? [`out of sight: ${away.join(', ')}`] : []),
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
