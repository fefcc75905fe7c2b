import {
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { fieldManager } from '../../../names';
import { orNothing } from '../../../ignoreNotFound';
import { deleteTenant } from './deleteTenant';
import { isOver, lifeOf, type Life } from './expiryOf';
import type { Scope } from '../../../placement';

/** Milliseconds after which a tenant is looked at again whose spec was just changed. */
const soon = 500;

/**
 * Removes a tenant, or environments of it, whose grace period is over. An environment that is
 * protected loses its protection first, so that its namespace goes. When all environments have ended
 * they stay suspended, for a tenant has at least one.
 *
 * @returns when to look again
 */
export async function removeEnded(
  scope: Scope,
  seen: Tenant,
  seenPlan: Plan | undefined,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, events, now } = scope;
  if (!isDue(lifeOf(seen, seenPlan, now()), seen, now())) return done;
  // What is removed does not come back, so the decision rests on what is there now.
  const tenant = await caches.tenants.resource
    .get(seen.metadata.name, { signal })
    .catch(orNothing);
  if (!tenant || tenant.metadata.deletionTimestamp) return done;
  const plan = await caches.plans.resource
    .get(tenant.spec.plan, { signal })
    .catch(orNothing);
  const life = lifeOf(tenant, plan, now());
  const { apiVersion, kind } = tenantKind;
  const about = { ...tenant, apiVersion, kind };
  if (isOver(life.end, now())) {
    await deleteTenant(scope, tenant, signal);
    await events.record(about, {
      type: 'Warning',
      reason: 'Ended',
      action: 'Remove',
      note: `The tenant ${tenant.metadata.name} ended and was not renewed within ${plan?.spec.gracePeriod}; it is being deleted`,
    });
    return done;
  }
  const environments = withoutEnded(tenant, life, now());
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

function isDue(life: Life, tenant: Tenant, now: Date): boolean {
  return isOver(life.end, now) || withoutEnded(tenant, life, now) !== undefined;
}

/** The environments after the next step of removing those that ended; `undefined` for none. */
function withoutEnded(
  { spec: { environments } }: Tenant,
  { ends }: Life,
  now: Date,
): Tenant['spec']['environments'] | undefined {
  const isGoing = ({ name }: { name: string }) => isOver(ends.get(name), now);
  const going = environments.filter(isGoing);
  const isLast = going.length === environments.length;
  if (going.length === 0 || isLast) return undefined;
  return going.some(one => one.protected)
    ? environments.map(one =>
        isGoing(one) ? { ...one, protected: false } : one,
      )
    : environments.filter(one => !isGoing(one));
}
