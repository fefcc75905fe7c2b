import {
  findCondition,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../../placement';
import { countTenantObjects, deleteTenant, listLeftovers } from '../../tenant';
import type { Action, Outcome, Work } from './Action';
import { existingTenant } from './existingTenant';
import { proposalOf } from './proposedSpec';
import { ActionFailedError } from './ActionFailedError';

type Removed = NonNullable<NonNullable<ChangeRequest['status']>['removed']>;

/** Milliseconds between checks for leftovers. */
const interval = 2000;
/** Milliseconds after which the checks become less frequent. */
const slowAfter = 60_000;
/** Milliseconds between the less frequent checks. */
const longInterval = 30_000;

/** Deletes a tenant with all its objects, and verifies that none is left. */
export const offboardTenant: Action = {
  check(work) {
    const { name } = existingTenant(work);
    const { confirm } = proposalOf('offboard', work.request);
    if (confirm !== name)
      throw new ActionFailedError(
        `The confirmation "${confirm}" does not match; send a new request with the name of the tenant, ${name}`,
      );
    return undefined;
  },

  async carryOut(work, placement) {
    const { removed } = work.request.status ?? {};
    const { name } = work.request.spec.target;
    if (!removed) {
      const { uid } = existingTenant(work);
      const away = unreachableClusterOf(placement, work.facts.tenant);
      if (away)
        return {
          waitsFor: `Objects of tenant ${name} can't be counted while cluster ${away} is unreachable`,
          milliseconds: longInterval,
        };
      const objects = await countTenantObjects(placement, name, work.signal);
      return { remember: { removed: { uid, objects } } };
    }
    const { tenant } = work.facts;
    return tenant?.metadata.uid === removed.uid
      ? remove(work, placement, tenant)
      : verifyRemoved(work, placement, removed);
  },
};

/** Returns an unreachable cluster that may have objects of a tenant. */
function unreachableClusterOf(
  { targets }: Placement,
  tenant: Tenant | undefined,
): string | undefined {
  return tenant?.status?.clusters?.find(
    name => targets.get(name)?.isConnected === false,
  );
}

async function remove(
  { now, signal }: Work,
  placement: Placement,
  tenant: Tenant,
): Promise<Outcome> {
  if (!tenant.metadata.deletionTimestamp)
    await deleteTenant(placement, tenant, signal);
  const { name } = tenant.metadata;
  const seen = placement.caches.tenants.get(name);
  const since = tenant.metadata.deletionTimestamp ?? now.toISOString();
  const waiting = findCondition(seen?.status, 'NamespacesReady');
  const isGoing =
    waiting?.reason === 'NamespacesTerminating' ||
    waiting?.reason === 'ClusterAway';
  return {
    waitsFor: isGoing
      ? `Deletion of tenant ${name} started at ${since}. ${waiting.message}`
      : `Tenant ${name} is being deleted`,
  };
}

async function verifyRemoved(
  { facts, now, request, signal }: Work,
  placement: Placement,
  removed: Removed,
): Promise<Outcome> {
  const { name } = request.spec.target;
  const left = await listLeftovers(placement, name, facts.tenant, signal);
  const began = findCondition(request.status, 'Applied')?.lastTransitionTime;
  const isLate = began && now.getTime() - Date.parse(began) > slowAfter;
  if (left.length > 0)
    return {
      waitsFor: `Tenant ${name} is deleted; waiting for the deletion of ${left.join(
        ', ',
      )}`,
      milliseconds: isLate ? longInterval : interval,
    };
  if (removed.left !== 0)
    return { remember: { removed: { ...removed, left: 0 } } };
  const count = removed.objects.reduce((sum, one) => sum + one.count, 0);
  return {
    done: `Tenant ${name} was deleted with all of its ${count} objects`,
  };
}
