import { proposedPlan, type ChangeRequest } from '../kinds/changeRequest';
import type { Plan } from '../kinds/plan';
import type { Tenant, TenantSpec } from '../kinds/tenant';
import type { RuleFacts } from './evaluateRule';

/** What a request says, as far as rules may ask about it. */
export type AskedChange = Pick<
  ChangeRequest['spec'],
  'action' | 'proposed' | 'requestedBy' | 'target'
>;

/** What is known about a request when it is judged. */
export interface RequestFacts extends RuleFacts {
  /** Name of the plan whose rules judge: the proposed one, else that of the tenant. */
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
 * @param tenant - that the request is about, if it exists
 * @param ofOwners - at least all tenants that have one of {@link ownersOf} it, each once
 */
export function requestFacts(
  asked: AskedChange,
  {
    ofOwners,
    plans,
    tenant,
  }: {
    ofOwners: Tenant[];
    plans: { get(name: string): Plan | undefined };
    tenant: Tenant | undefined;
  },
): RequestFacts {
  const { action, proposed, requestedBy, target } = asked;
  const from = plans.get(tenant?.spec.plan ?? '');
  const wanted = proposedPlan(asked);
  const to = plans.get(wanted ?? '');
  const owners = ownersOf(asked, tenant);
  const tenantsOfOwner = ofOwners.filter(
    ({ metadata, spec }) =>
      !metadata.deletionTimestamp &&
      spec.owners.some(owner => owners.includes(owner)),
  ).length;
  const { environments, members } = proposed as Partial<TenantSpec>;
  return {
    planName: wanted ?? tenant?.spec.plan,
    plan: wanted === undefined ? from : to,
    tenant,
    request: {
      action,
      target: target.name,
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
