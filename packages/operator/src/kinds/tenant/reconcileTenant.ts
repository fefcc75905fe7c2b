import {
  done,
  earliest,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import type {
  Plan,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  claimObject,
  removeSurplus,
  requeueAt,
  writeStatus,
} from '../../apply';
import {
  limitToPlacement,
  type Placement,
  type TenantStates,
} from '../../placement';
import { environmentState } from './environmentState';
import { expiryOf, removeExpired, warningTimes, warnOfExpiry } from './expiry';
import { removeTenant, type QuotaTracker } from './phases';
import { runPhases } from './runPhases';
import { tenantStatus } from './status';
import { nextSample } from './usage';

/** Milliseconds until the next look at whether requests and apps are known. */
const syncMs = 10_000;

/**
 * Creates the namespaces, limits, access and network rules of a tenant on one cluster and reports their
 * state: the hub in the status of the tenant, a target to the hub.
 */
export async function reconcileTenant(
  placement: Placement,
  quotaTracker: QuotaTracker,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, target } = placement;
  // All tenants are reconciled once the target is connected again.
  if (target && !target.isConnected) return done;
  const cached = caches.tenants.get(name);
  // Objects of a tenant that was deleted without its finalizer are left to people.
  if (!cached || (target && !occupies(placement, cached))) {
    target?.tenants.delete(name);
    return done;
  }
  if (cached.metadata.deletionTimestamp) {
    quotaTracker.forget(cached);
    await remove(placement, cached, signal);
    return done;
  }
  const tenant = await claimObject(placement, caches.tenants, cached);
  if (!tenant) return done;
  const { failed, next, states } = await runPhases(
    placement,
    quotaTracker,
    tenant,
    signal,
  );
  if (target) {
    const { environments } = limitToPlacement(placement, tenant).spec;
    const found = environments.map(one => environmentState(caches, name, one));
    report(placement, tenant, states, found);
    if (failed) throw failed.error;
    return next;
  }
  const status = tenantStatus(placement, tenant, states);
  await writeStatus(placement, caches.tenants, tenant, status, signal);
  if (failed) throw failed.error;
  await warnOfExpiry(placement, tenant, signal);
  const plan = caches.plans.get(tenant.spec.plan);
  const current = { ...tenant, status };
  return earliest([
    await removeExpired(placement, current, plan, signal),
    next === done ? nextEvent(placement, current, plan) : next,
  ]);
}

/** Whether a cluster has, or should have, namespaces of a tenant. */
function occupies(placement: Placement, tenant: Tenant): boolean {
  return (
    namespacesOf(placement, tenant).length > 0 ||
    limitToPlacement(placement, tenant).spec.environments.length > 0
  );
}

function namespacesOf({ caches }: Placement, { metadata }: Tenant) {
  return caches.namespaces.index('tenant', metadata.name);
}

/** Reports a tenant on a target to the hub. */
function report(
  placement: Placement,
  tenant: Tenant,
  states: TenantStates,
  environments: ReturnType<typeof environmentState>[],
): void {
  const { generation = 0, name } = tenant.metadata;
  const namespaces = namespacesOf(placement, tenant).map(
    ({ metadata }) => metadata.name,
  );
  placement.target?.tenants.set(name, {
    generation,
    states,
    environments,
    namespaces,
  });
}

async function remove(
  placement: Placement,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<void> {
  const { tenants } = placement.caches;
  if (placement.target) {
    const namespaces = namespacesOf(placement, tenant);
    await removeSurplus(placement, tenants, tenant, namespaces, signal);
    report(placement, tenant, {}, []);
    return;
  }
  const state = await removeTenant(placement, tenant, signal);
  if (!state) return;
  const status = tenantStatus(placement, tenant, { NamespacesReady: state });
  await writeStatus(placement, tenants, tenant, status, signal);
}

/** Returns when a tenant changes without an event. */
function nextEvent(
  placement: Placement,
  tenant: Tenant,
  plan: Plan | undefined,
): ReconcileResult {
  const now = placement.now();
  const { apps, requests } = placement.caches;
  const { end, ends } = expiryOf(tenant, plan, now);
  const removals = [end, ...ends.values()].flatMap(one => one?.removedAt ?? []);
  const times = [
    nextSample(tenant.status?.usage ?? []),
    ...warningTimes(tenant),
    ...removals,
  ];
  const { access = [] } = tenant.status ?? {};
  const accessEnds = access.map(one => one.expiresAt);
  // Requests may have been deleted while no operator ran.
  if (access.length > 0 && !(requests.isSynced && apps.isSynced))
    times.push(new Date(now.getTime() + syncMs));
  return earliest(
    [...times.map(time => time.toISOString()), ...accessEnds].map(time =>
      requeueAt(time, now),
    ),
  );
}
