import {
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { conflictInterval, runPhase, type PhaseOutcome } from '../../apply';
import {
  limitToPlacement,
  type Placement,
  type TenantStates,
} from '../../placement';
import {
  applyAccess,
  applyLimits,
  applyNamespaces,
  applyNetwork,
  countingInterval,
  type QuotaTracker,
} from './phases';

/** Outcome of the phases of a tenant on one cluster. */
export interface PhasesOutcome {
  states: TenantStates;
  /** Failed phase whose error is thrown once the states are reported. */
  failed?: PhaseOutcome;
  /** When to reconcile again without an event. */
  next: ReconcileResult;
}

/** Applies the objects of a tenant on one cluster. */
export async function runPhases(
  placement: Placement,
  quotaTracker: QuotaTracker,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<PhasesOutcome> {
  const outcomes = await outcomesOf(placement, quotaTracker, tenant, signal);
  const states = Object.fromEntries(
    Object.entries(outcomes).map(([type, { state }]) => [type, state]),
  );
  return {
    states,
    failed: Object.values(outcomes).find(({ error }) => error !== undefined),
    next: nextCheck(states),
  };
}

async function outcomesOf(
  placement: Placement,
  quotaTracker: QuotaTracker,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<Record<string, PhaseOutcome>> {
  const plan = placement.caches.plans.get(tenant.spec.plan);
  const part = limitToPlacement(placement, tenant);
  let usable: Tenant | undefined;
  const namespaces = await runPhase(async () => {
    const { state, usable: environments } = await applyNamespaces(
      placement,
      part,
      tenant.spec.environments,
      signal,
    );
    usable = { ...tenant, spec: { ...tenant.spec, environments } };
    return state;
  });
  // Nothing is created in a foreign namespace.
  const own = usable;
  if (!own) return { NamespacesReady: namespaces };
  return {
    NamespacesReady: namespaces,
    LimitsReady: await runPhase(() =>
      applyLimits(placement, quotaTracker, own, plan, signal),
    ),
    NetworkReady: await runPhase(() => applyNetwork(placement, own, signal)),
    AccessReady: await runPhase(() => applyAccess(placement, own, signal)),
  };
}

function nextCheck(states: TenantStates): ReconcileResult {
  const reasons = Object.values(states).map(({ reason }) => reason);
  if (reasons.includes('QuotaPending')) return requeueAfter(countingInterval);
  return reasons.includes('NameConflict')
    ? requeueAfter(conflictInterval)
    : done;
}
