import { targetTenant } from '../access/concernsTenant';
import { proposedPlan, type ChangeRequest } from '../../kinds/changeRequest';
import type { Plan } from '../../kinds/plan';
import type { Tenant, TenantSpec } from '../../kinds/tenant';
import type { RuleFacts } from './evaluateRule';

/** Fields of a request that rules can use. @public */
export type AskedChange = Pick<
  ChangeRequest['spec'],
  'action' | 'proposed' | 'requestedBy' | 'target'
>;

/** Facts about a request at the time of the evaluation. @public */
export interface RequestFacts extends RuleFacts {
  /** Name of the plan whose rules apply: the proposed one, otherwise the tenant's. */
  planName?: string;
  /** The plan, if it exists. */
  plan?: Plan;
  /** The tenant of the request, if it exists. */
  tenant?: Tenant;
}

/**
 * Returns the facts for the rules of a plan. Used by the operator for the decision, and by the portal for the
 * preflight.
 *
 * @param tenants - at least the tenant of the request, and those with an owner in {@link ownersOf}
 * @public
 */
export function requestFacts(
  asked: AskedChange,
  {
    plans,
    tenants,
  }: { plans: { get(name: string): Plan | undefined }; tenants: Tenant[] },
): RequestFacts {
  const { action, proposed, requestedBy } = asked;
  const about = targetTenant(asked);
  const tenant = tenants.find(({ metadata }) => metadata.name === about);
  const from = plans.get(tenant?.spec.plan ?? '');
  const wanted = proposedPlan(asked);
  const to = plans.get(wanted ?? '');
  const tenantsOfOwner = countOwned(tenants, ownersOf(asked, tenant));
  const { environments, members } = proposed as Partial<TenantSpec>;
  return {
    planName: wanted ?? tenant?.spec.plan,
    plan: wanted === undefined ? from : to,
    tenant,
    request: {
      action,
      target: asked.target.name,
      requestedBy,
      proposed,
      tenantsOfOwner,
      from: describePlan(from),
      to: describePlan(to),
    },
    evidence: {
      tenantsOfOwner,
      members: lengthOf(tenant?.spec.members ?? members),
      environments: lengthOf(environments ?? tenant?.spec.environments),
    },
  };
}

/** Returns the owners whose tenants are counted: those of the tenant, otherwise the proposed ones. @public */
export function ownersOf(
  { proposed }: Pick<AskedChange, 'proposed'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
): string[] {
  const owners: unknown = tenant?.spec.owners ?? proposed.owners;
  // A proposal can have any shape.
  return Array.isArray(owners)
    ? owners.filter(owner => typeof owner === 'string')
    : [];
}

/** Returns the number of tenants with a common owner, except those that are being deleted. */
function countOwned(tenants: Tenant[], owners: string[]): number {
  return tenants.filter(
    ({ metadata, spec }) =>
      !metadata.deletionTimestamp &&
      spec.owners.some(owner => owners.includes(owner)),
  ).length;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function describePlan(plan: Plan | undefined) {
  return (
    plan && {
      name: plan.metadata.name,
      order: plan.spec.order,
      title: plan.spec.title,
    }
  );
}
