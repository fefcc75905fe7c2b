import {
  findCondition,
  readProposal,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { countBelongings, countLeft } from '../../tenant';
import { RequestFailedError } from './RequestFailedError';
import type { Action, Outcome, Work } from './Action';
import { presentTenant } from './existingTenant';
import type { Scope } from '../../../placement';
import { deleteTenant } from '../../tenant/expiry';

type Removed = NonNullable<NonNullable<ChangeRequest['status']>['removed']>;

/** Milliseconds between two looks at what is left. */
const interval = 2000;
/** Milliseconds after which it is looked less often. */
const patience = 60_000;
/** Milliseconds between two looks then. */
const longInterval = 30_000;

/** Removes a tenant with everything that belongs to it, and proves that it is gone. */
export const offboardTenant: Action = {
  check(work) {
    const { name } = presentTenant(work);
    const { problems, proposal } = readProposal(
      'offboard',
      work.request.spec.proposed,
    );
    if (problems) throw new RequestFailedError(problems.join('; '));
    if (proposal.confirm !== name)
      throw new RequestFailedError(
        `The request confirms "${proposal.confirm}": ask again, and type the name of the tenant, ${name}`,
      );
    return undefined;
  },

  async carryOut(work, scope) {
    const { removed } = work.request.status ?? {};
    const { name } = work.request.spec.target;
    if (!removed) {
      const { uid } = presentTenant(work);
      const away = awayFrom(scope, work.facts.tenant);
      if (away)
        return {
          waitsFor: `What belongs to the tenant ${name} is counted when the cluster ${away} answers, which is away`,
          milliseconds: longInterval,
        };
      const objects = await countBelongings(scope, name, work.signal);
      return { remember: { removed: { uid, objects } } };
    }
    const { tenant } = work.facts;
    return tenant?.metadata.uid === removed.uid
      ? remove(work, scope, tenant)
      : prove(work, scope, removed);
  },
};

/** A cluster that is away and on which something of a tenant may be. */
function awayFrom(
  { targets }: Scope,
  tenant: Tenant | undefined,
): string | undefined {
  return tenant?.status?.clusters?.find(
    name => targets.get(name)?.isHere === false,
  );
}

async function remove(
  { now, signal }: Work,
  scope: Scope,
  tenant: Tenant,
): Promise<Outcome> {
  if (!tenant.metadata.deletionTimestamp)
    await deleteTenant(scope, tenant, signal);
  const { name } = tenant.metadata;
  const seen = scope.caches.tenants.get(name);
  const since = tenant.metadata.deletionTimestamp ?? now.toISOString();
  const waiting = findCondition(seen?.status, 'NamespacesReady');
  const isGoing =
    waiting?.reason === 'NamespacesTerminating' ||
    waiting?.reason === 'ClusterAway';
  return {
    waitsFor: isGoing
      ? `The tenant ${name} is being removed since ${since}. ${waiting.message}`
      : `The tenant ${name} is being removed`,
  };
}

async function prove(
  { facts, now, request, signal }: Work,
  scope: Scope,
  removed: Removed,
): Promise<Outcome> {
  const { name } = request.spec.target;
  const left = await countLeft(scope, name, facts.tenant, signal);
  const began = findCondition(request.status, 'Applied')?.lastTransitionTime;
  const isLate = began && now.getTime() - Date.parse(began) > patience;
  if (left.length > 0)
    return {
      waitsFor: `The tenant ${name} is removed; waiting for what is left of it: ${left.join(
        ', ',
      )}`,
      milliseconds: isLate ? longInterval : interval,
    };
  if (removed.left !== 0)
    return { remember: { removed: { ...removed, left: 0 } } };
  const count = removed.objects.reduce((sum, one) => sum + one.count, 0);
  return {
    done: `The tenant ${name} was removed with all ${count} objects that belonged to it; nothing of it is left`,
  };
}
