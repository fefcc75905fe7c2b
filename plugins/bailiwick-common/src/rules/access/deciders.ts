import { proposedPlan, type ChangeRequest } from '../../kinds/changeRequest';
import { readProposal } from '../../kinds/changes';
import type { Plan } from '../../kinds/plan';
import type { Tenant } from '../../kinds/tenant';
import { platformGroup, type Person } from './roles';

/**
 * Returns the name of the plan whose rules apply to a request: the one recorded by the operator, otherwise the
 * proposed one, otherwise the tenant's.
 *
 * @public
 */
export function decidingPlan(
  { spec, status }: Pick<ChangeRequest, 'spec' | 'status'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
): string | undefined {
  return status?.plan ?? proposedPlan(spec) ?? tenant?.spec.plan;
}

/**
 * Returns the approvers of a request: groups and people. Same as the API server's policy on decisions, which also
 * prevents people from deciding their own requests.
 *
 * @param tenant - tenant of the request, if it exists
 * @param plan - plan of {@link decidingPlan}, if it exists
 * @public
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

/** Whether a person can decide a request: an approver, but not the requester. @public */
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

/** Returns the owners, and the members with the role owner. */
function allOwners(tenant: Pick<Tenant, 'spec'> | undefined): string[] {
  const { members = [], owners = [] } = tenant?.spec ?? {};
  const likeOwners = members.filter(({ role }) => role === 'owner');
  return [...owners, ...likeOwners.map(({ subject }) => subject)];
}

/** Returns the approvers of a transfer: the owners who do not own the tenant yet. */
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
