import { targetTenant } from '../access/concernsTenant';
import { proposedPlan, type ChangeRequest } from '../../kinds/changeRequest';
import type { Plan } from '../../kinds/plan';
import type { Tenant, TenantSpec } from '../../kinds/tenant';
import type { RuleFacts } from './evaluateRule';

/** What a request says, as far as rules may ask about it. */
export type AskedChange = Pick<
  ChangeRequest['spec'],
  'action' | 'proposed' | 'requestedBy' | 'target'
>;

/** Facts about a request when it is judged. */
export interface RequestFacts extends RuleFacts {
  /** Name of the plan whose rules apply: the proposed one, else that of the tenant. */
  planName?: string;
  /** That plan, if it exists. */
  plan?: Plan;
  /** The tenant it is about, if it exists. */
  tenant?: Tenant;
}

/**
 * What the rules of a plan may ask about a request, whoever asks: the operator that judges it, or
 * the portal that tells beforehand what would become of it.
 *
 * @param tenants - at least the one that the request is about, and those that {@link ownersOf} own
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

/** The owners whose tenants a request counts: those of its tenant, else those it proposes. */
export function ownersOf(
  { proposed }: Pick<AskedChange, 'proposed'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
): string[] {
  const owners: unknown = tenant?.spec.owners ?? proposed.owners;
  // What somebody proposes may be of any shape.
  return Array.isArray(owners)
    ? owners.filter(owner => typeof owner === 'string')
    : [];
}

/** Tenants that share an owner, without those that are being removed. */
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
