import {
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common';
import { runPhase, type PhaseOutcome } from '../../apply';
import { partOf, type Scope, type TenantStates } from '../../placement';
import {
  applyAccess,
  applyLimits,
  applyNamespaces,
  applyNetwork,
  countingInterval,
  type QuotaCounting,
} from './phases';

/** After this many milliseconds a name that somebody else has is looked at again. */
const conflictInterval = 60_000;

/** What came of the phases of a tenant on one cluster. */
export interface PhasesOutcome {
  states: TenantStates;
  /** What to throw once the states are told. */
  failed?: PhaseOutcome;
  /** When to look again at what comes without an event. */
  lookAgain: ReconcileResult;
}

/** Makes what a tenant has on the cluster that a scope works on. */
export async function runPhases(
  scope: Scope,
  counting: QuotaCounting,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<PhasesOutcome> {
  const outcomes = await outcomesOf(scope, counting, tenant, signal);
  const states = Object.fromEntries(
    Object.entries(outcomes).map(([type, { state }]) => [type, state]),
  );
  return {
    states,
    failed: Object.values(outcomes).find(({ error }) => error !== undefined),
    lookAgain: whenToLookAgain(states),
  };
}

async function outcomesOf(
  scope: Scope,
  counting: QuotaCounting,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<Record<string, PhaseOutcome>> {
  const plan = scope.caches.plans.get(tenant.spec.plan);
  const part = partOf(scope, tenant);
  let usable: Tenant | undefined;
  const namespaces = await runPhase(async () => {
    const { state, usable: environments } = await applyNamespaces(
      scope,
      part,
      tenant.spec.environments,
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

function whenToLookAgain(states: TenantStates): ReconcileResult {
  const reasons = Object.values(states).map(({ reason }) => reason);
  if (reasons.includes('QuotaPending')) return requeueAfter(countingInterval);
  return reasons.includes('NameConflict')
    ? requeueAfter(conflictInterval)
    : done;
}
