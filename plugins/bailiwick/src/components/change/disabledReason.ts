import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  cordonRefusal,
  isInProgress,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';

/** The request for a change that is not carried out yet, if there is one. */
export function underWay(
  requests: RequestView[],
  action: TenantAction,
): RequestView | undefined {
  return requests.find(
    request => request.spec.action === action && isInProgress(request),
  );
}

/** Whether a person may ever ask for a change of a tenant. */
export function canRequest(
  { me, tenant }: Pick<TenantFacts, 'me' | 'tenant'>,
  action: TenantAction,
): boolean {
  const isPlatform = me?.platformEngineer ?? false;
  return action === 'cordon' || action === 'uncordon'
    ? isPlatform
    : isPlatform || tenant.myRole === 'owner';
}

/** Why a person may not ask for a change of a tenant now, `undefined` when they may. */
export function disabledReason(
  facts: TenantFacts,
  action: TenantAction,
): string | undefined {
  const { me, requests, tenant } = facts;
  if (tenant.metadata.deletionTimestamp) return 'The tenant is being deleted.';
  if (!canRequest(facts, action))
    return 'Only owners of the tenant can request this.';
  if (underWay(requests, action))
    return 'A request for this is already pending.';
  return action === 'renew' || me?.platformEngineer
    ? undefined
    : cordonRefusal(tenant.metadata.name, tenant.spec.cordon);
}
