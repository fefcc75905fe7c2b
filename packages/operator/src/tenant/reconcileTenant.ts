import {
  done,
  earliest,
  ensureFinalizer,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { runPhase, writeStatus, type PhaseOutcome } from '../apply';
import type { Scope } from '../scope';
import { untilInstant } from '../untilInstant';
import { instantsOf, lifeOf, removeEnded, warnOfEnd } from './life';
import {
  applyAccess,
  applyLimits,
  applyNamespaces,
  applyNetwork,
  countingInterval,
  type QuotaCounting,
  removeTenant,
} from './phases';
import { tenantStatus, type TenantStates } from './status';
import { nextSample } from './usage';

/** After this many milliseconds a name that somebody else has is looked at again. */
const conflictInterval = 60_000;

/** Makes the namespaces, limits, access and network rules of a tenant. */
export async function reconcileTenant(
  scope: Scope,
  counting: QuotaCounting,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, now } = scope;
  const cached = caches.tenants.get(name);
  if (!cached) return done;
  if (cached.metadata.deletionTimestamp) {
    counting.forget(cached);
    return remove(scope, cached, signal);
  }

  // Before anything is made, so that nothing can be left behind.
  const tenant = await ensureFinalizer(
    caches.tenants.resource,
    cached,
    finalizer,
  );
  const outcomes = await runPhases(scope, counting, tenant, signal);
  const states = Object.fromEntries(
    Object.entries(outcomes).map(([type, { state }]) => [type, state]),
  );
  const status = tenantStatus(tenant, states, caches, now());
  await writeStatus(scope, caches.tenants, tenant, status, signal);
  const failed = Object.values(outcomes).find(
    ({ error }) => error !== undefined,
  );
  if (failed) throw failed.error;
  await warnOfEnd(scope, tenant, signal);
  const plan = caches.plans.get(tenant.spec.plan);
  return earliest([
    await removeEnded(scope, { ...tenant, status }, plan, signal),
    whenToLookAgain({ ...tenant, status }, plan, states, now()),
  ]);
}

function whenToLookAgain(
  tenant: Tenant,
  plan: Plan | undefined,
  states: TenantStates,
  now: Date,
): ReconcileResult {
  const reasons = Object.values(states).map(({ reason }) => reason);
  if (reasons.includes('QuotaPending')) return requeueAfter(countingInterval);
  if (reasons.includes('NameConflict')) return requeueAfter(conflictInterval);
  const { end, ends } = lifeOf(tenant, plan, now);
  const removals = [end, ...ends.values()].flatMap(one => one?.removedAt ?? []);
  const instants = [
    nextSample(tenant.status?.usage ?? []),
    ...instantsOf(tenant),
    ...removals,
  ];
  return earliest(
    instants.map(instant => untilInstant(instant.toISOString(), now)),
  );
}

async function runPhases(
  scope: Scope,
  counting: QuotaCounting,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<Record<string, PhaseOutcome>> {
  const plan = scope.caches.plans.get(tenant.spec.plan);
  let usable: Tenant | undefined;
  const namespaces = await runPhase(async () => {
    const { state, usable: environments } = await applyNamespaces(
      scope,
      tenant,
      signal,
    );
    usable = { ...tenant, spec: { ...tenant.spec, environments } };
    return state;
  });
  // In a namespace of somebody else nothing may be made.
  const own = usable;
  if (!own) return { NamespacesReady: namespaces };
  return {
    NamespacesReady: namespaces,
    LimitsReady: await runPhase(() =>
      applyLimits(scope, counting, own, plan, signal),
    ),
    NetworkReady: await runPhase(() => applyNetwork(scope, own, signal)),
    AccessReady: await runPhase(() => applyAccess(scope, own, signal)),
  };
}

async function remove(
  scope: Scope,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const state = await removeTenant(scope, tenant, signal);
  if (!state) return done;
  const states: TenantStates = { NamespacesReady: state };
  const status = tenantStatus(tenant, states, scope.caches, scope.now());
  await writeStatus(scope, scope.caches.tenants, tenant, status, signal);
  return done;
}
