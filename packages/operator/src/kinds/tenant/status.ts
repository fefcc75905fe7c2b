import {
  deriveReady,
  removeCondition,
  setCondition,
  toInstant,
} from '@bailiwick/backstage-kube-controller';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  reconciledGeneration,
  remoteClusterOf,
  tenantConditions,
  type PhaseState,
  type Placement,
  type TenantStates,
} from '../../placement';
import { grantedAccesses } from './desired';
import { environmentState, type EnvironmentStatus } from './environmentState';
import { isGraceOver, expiryOf, type Expiry } from './expiry';
import { isolationCaveat, isolationOf } from './isolationCondition';
import {
  occupiedClusters,
  mergeConditions,
  remoteEnvironmentStatus,
  remoteStates,
} from './remoteStates';
import { usageWith } from './usage';

type Status = NonNullable<Tenant['status']>;

/** Condition of a tenant that has ended; absent before its end. */
const endCondition = 'Active';

/**
 * Returns the status of a tenant after its phases.
 *
 * @param own - states of the phases on the hub
 */
export function tenantStatus(
  placement: Pick<Placement, 'caches' | 'now' | 'targets'>,
  tenant: Tenant,
  own: TenantStates,
): Status {
  const { caches } = placement;
  const now = placement.now();
  const { deletionTimestamp } = tenant.metadata;
  const observedGeneration = reconciledGeneration(
    placement,
    tenant,
    tenant,
    tenant.spec.environments.map(({ name }) => name),
    target => target.tenants.get(tenant.metadata.name),
  );
  const states = deletionTimestamp
    ? own
    : mergeConditions(
        own,
        remoteStates(placement, tenant),
        tenant.spec.environments.length,
      );
  let conditions = tenant.status?.conditions ?? [];
  const set = (type: string, state: PhaseState) => {
    const condition = { type, ...state, observedGeneration };
    conditions = setCondition(conditions, condition, now);
  };
  for (const [type, state] of Object.entries(states)) set(type, state);
  const isolation = isolationOf(tenant, name => caches.clusters.get(name));
  set('Isolated', isolation);
  const plan = caches.plans.get(tenant.spec.plan);
  const expiry = expiryOf(tenant, plan, now);
  const end = deletionTimestamp ? undefined : endState(tenant, expiry);
  if (end) set(endCondition, end);
  else conditions = removeCondition(conditions, endCondition);
  const environments = tenant.spec.environments.map(environment => {
    const { name } = environment;
    const remote = remoteClusterOf(placement, tenant, name);
    return {
      ...(remote
        ? remoteEnvironmentStatus(tenant, name, remote, now)
        : environmentState(caches, tenant.metadata.name, environment)),
      ...(expiry.ends.has(name) && {
        suspendedAt: expiry.ends.get(name)?.suspendedAt,
      }),
    };
  });
  const clusters = occupiedClusters(placement, tenant);
  const ready = deriveReady(
    conditions,
    [...(end ? [endCondition] : []), ...tenantConditions],
    {
      reason: 'AllEnvironmentsReady',
      message: summary(tenant, environments) + isolationCaveat(isolation),
    },
  );
  set('Ready', ready);
  const access = deletionTimestamp ? [] : grantedAccesses(caches, tenant, now);
  const { usage: before = [] } = tenant.status ?? {};
  const usage = usageWith(before, environments, plan, now);
  return {
    observedGeneration,
    phase: phaseOf(tenant, expiry, ready.status === 'True', now),
    conditions,
    environments,
    ...(expiry.end && { suspendedAt: expiry.end.suspendedAt }),
    ...(usage.length > 0 && { usage }),
    ...(access.length > 0 && { access }),
    ...(clusters.length > 0 && { clusters }),
  };
}

/** Summarizes how many environments are ready, and which are restricted. */
function summary({ spec }: Tenant, environments: EnvironmentStatus[]): string {
  const ready = environments.filter(one => one.ready).length;
  const ended = environments.flatMap(({ name, suspendedAt }) =>
    suspendedAt ? name : [],
  );
  const away = environments.flatMap(({ name, stale }) => (stale ? name : []));
  return [
    `${ready} of ${environments.length} environments ready`,
    ...(away.length > 0 ? [`unreachable: ${away.join(', ')}`] : []),
    ...(ended.length > 0 ? [`expired and suspended: ${ended.join(', ')}`] : []),
    ...(spec.cordon ? [`cordoned: ${spec.cordon.reason}`] : []),
  ].join(', ');
}

/** Returns the condition of a tenant that has ended; `undefined` before its end. */
function endState({ spec }: Tenant, { end }: Expiry): PhaseState | undefined {
  if (!end) return undefined;
  const later = end.removedAt
    ? `the tenant is deleted on ${toInstant(end.removedAt)} unless renewed`
    : `the deletion date is unknown because plan "${spec.plan}" was not found`;
  return {
    status: 'False',
    reason: 'Ended',
    message: `Expired on ${spec.expiresAt}: its apps are stopped and its data is kept; ${later}`,
  };
}

function phaseOf(
  { metadata }: Tenant,
  { end }: Expiry,
  isReady: boolean,
  now: Date,
): Status['phase'] {
  if (metadata.deletionTimestamp) return 'Deleting';
  if (end) return isGraceOver(end, now) ? 'Expired' : 'Suspended';
  return isReady ? 'Ready' : 'Pending';
}
