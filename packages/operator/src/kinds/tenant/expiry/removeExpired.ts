import {
  done,
  ignoreNotFound,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import type {
  Plan,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { recordEvent } from '../../../apply';
import { fieldManager } from '../../../names';
import type { Placement } from '../../../placement';
import { deleteTenant } from '../phases';
import { isGraceOver, expiryOf, type Expiry } from './expiryOf';

/** Milliseconds until the next reconciliation after a change of the spec. */
const soon = 500;

/**
 * Deletes a tenant, or removes environments of it, after the grace period. A protected environment
 * loses its protection first, so that its namespace is deleted. The last environments stay
 * suspended, as a tenant has at least one.
 *
 * @returns when to reconcile again
 */
export async function removeExpired(
  placement: Placement,
  seen: Tenant,
  seenPlan: Plan | undefined,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, now } = placement;
  if (!isDue(expiryOf(seen, seenPlan, now()), seen, now())) return done;
  // Deletions cannot be undone, so the decision is based on the API server, not on the cache.
  const tenant = await caches.tenants.resource
    .get(seen.metadata.name, { signal })
    .catch(ignoreNotFound);
  if (!tenant || tenant.metadata.deletionTimestamp) return done;
  const plan = await caches.plans.resource
    .get(tenant.spec.plan, { signal })
    .catch(ignoreNotFound);
  const life = expiryOf(tenant, plan, now());
  if (isGraceOver(life.end, now())) {
    await deleteTenant(placement, tenant, signal);
    await recordEvent(placement, caches.tenants, tenant, {
      type: 'Warning',
      reason: 'Ended',
      action: 'Remove',
      note: `Tenant ${tenant.metadata.name} expired and was not renewed within ${plan?.spec.gracePeriod}; it is being deleted`,
    });
    return done;
  }
  const environments = withoutExpired(tenant, life, now());
  if (!environments) return done;
  await caches.tenants.resource.patch(
    tenant.metadata.name,
    { spec: { environments } },
    {
      fieldManager,
      resourceVersion: tenant.metadata.resourceVersion,
      signal,
    },
  );
  return requeueAfter(soon);
}

function isDue(life: Expiry, tenant: Tenant, now: Date): boolean {
  return (
    isGraceOver(life.end, now) ||
    withoutExpired(tenant, life, now) !== undefined
  );
}

/**
 * Returns the environments after the next step of removing expired ones; `undefined` when there is
 * none.
 */
function withoutExpired(
  { spec: { environments } }: Tenant,
  { ends }: Expiry,
  now: Date,
): Tenant['spec']['environments'] | undefined {
  const isGoing = ({ name }: { name: string }) =>
    isGraceOver(ends.get(name), now);
  const going = environments.filter(isGoing);
  const isLast = going.length === environments.length;
  if (going.length === 0 || isLast) return undefined;
  return going.some(one => one.protected)
    ? environments.map(one =>
        isGoing(one) ? { ...one, protected: false } : one,
      )
    : environments.filter(one => !isGoing(one));
}
