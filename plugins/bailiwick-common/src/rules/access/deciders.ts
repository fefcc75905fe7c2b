import { proposedPlan, type ChangeRequest } from '../../kinds/changeRequest';
import { readProposal } from '../../kinds/changes';
import type { Plan } from '../../kinds/plan';
import type { Tenant } from '../../kinds/tenant';
import { platformGroup, type Person } from './roles';

/** Name of the plan whose rules apply to a request: as the operator found it, else the proposed one, else the tenant's. */
export function decidingPlan(
  { spec, status }: Pick<ChangeRequest, 'spec' | 'status'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
): string | undefined {
  return status?.plan ?? proposedPlan(spec) ?? tenant?.spec.plan;
}

/**
 * Groups whose members, and people who, may decide a request; the same as the API server's policy on verdicts, which
 * also keeps everybody from deciding a request of their own.
 *
 * @param tenant - that the request is about, if it exists
 * @param plan - that {@link decidingPlan} names, if it exists
 */
export function decidersOf(
  request: Pick<ChangeRequest, 'spec' | 'status'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
  plan: Pick<Plan, 'metadata' | 'spec'> | undefined,
): string[] {
  const { action } = request.spec;
  const ofPlan =
    plan?.metadata.name === decidingPlan(request, tenant)
      ? plan?.spec.approval.deciders ?? []
      : [];
  switch (action) {
    case 'cordon':
    case 'uncordon':
      return [platformGroup];
    case 'grantAccess':
    case 'promote':
      return [...new Set([...allOwners(tenant), platformGroup])];
    case 'transfer':
      return [...new Set([...newOwners(request), platformGroup])];
    default:
      return [...new Set([...ofPlan, platformGroup])];
  }
}

/** Whether a person may decide a request: one of the deciders, and never who made it. */
export function canDecide(
  person: Person,
  request: Pick<ChangeRequest, 'spec' | 'status'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
  plan: Pick<Plan, 'metadata' | 'spec'> | undefined,
): boolean {
  return (
    request.spec.requestedBy !== person.user &&
    decidersOf(request, tenant, plan).some(
      decider => decider === person.user || person.groups.includes(decider),
    )
  );
}

/** Owners, and members with the same role. */
function allOwners(tenant: Pick<Tenant, 'spec'> | undefined): string[] {
  const { members = [], owners = [] } = tenant?.spec ?? {};
  const likeOwners = members.filter(({ role }) => role === 'owner');
  return [...owners, ...likeOwners.map(({ subject }) => subject)];
}

/** Those who must want a transfer: who does not own the tenant yet, if anybody. */
function newOwners({
  spec,
  status,
}: Pick<ChangeRequest, 'spec' | 'status'>): string[] {
  const owners = readProposal('transfer', spec.proposed).proposal?.owners ?? [];
  const before = status?.before?.owners;
  const present: unknown[] = Array.isArray(before) ? before : [];
  const others = owners.filter(owner => !present.includes(owner));
  return others.length > 0 ? others : owners;
}
