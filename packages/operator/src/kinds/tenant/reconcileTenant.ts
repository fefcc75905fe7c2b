import {
  done,
  earliest,
  ensureFinalizer,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { writeStatus, untilInstant } from '../../apply';

import { instantsOf, lifeOf, removeEnded, warnOfEnd } from './expiry';
import { removeTenant, type QuotaCounting } from './phases';
import { runPhases } from './runPhases';
import { tenantStatus } from './status';
import { nextSample } from './usage';
import type { Scope, TenantStates } from '../../placement';

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
  const { states, failed, lookAgain } = await runPhases(
    scope,
    counting,
    tenant,
    signal,
  );
  const status = tenantStatus(scope, tenant, states);
  await writeStatus(scope, caches.tenants, tenant, status, signal);
  if (failed) throw failed.error;
  await warnOfEnd(scope, tenant, signal);
  const plan = caches.plans.get(tenant.spec.plan);
  return earliest([
    await removeEnded(scope, { ...tenant, status }, plan, signal),
    lookAgain === done
      ? nextInstant({ ...tenant, status }, plan, now())
      : lookAgain,
  ]);
}

/** When something happens to a tenant by the clock. */
function nextInstant(
  tenant: Tenant,
  plan: Plan | undefined,
  now: Date,
): ReconcileResult {
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

async function remove(
  scope: Scope,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const state = await removeTenant(scope, tenant, signal);
  if (!state) return done;
  const states: TenantStates = { NamespacesReady: state };
  const status = tenantStatus(scope, tenant, states);
  await writeStatus(scope, scope.caches.tenants, tenant, status, signal);
  return done;
}
