import {
  readProposal,
  tenantKind,
  validate,
  type ChangeAction,
  type ChangeRequest,
  type Plan,
  type Proposal,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  latestEnd,
  planProblems,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { refuse, ActionFailedError } from './ActionFailedError';

/** Reads the proposal of a request. @throws ActionFailedError when it is invalid */
export function proposalOf<A extends ChangeAction>(
  action: A,
  { spec }: ChangeRequest,
): Proposal<A> {
  const { problems, proposal } = readProposal(action, spec.proposed);
  if (problems) throw new ActionFailedError(problems.join('; '));
  return proposal;
}

/**
 * Returns the spec of a new tenant, validated against the kind and the plan.
 *
 * @param name - name of the tenant
 * @param proposed - the whole spec without defaults
 * @throws ActionFailedError when it is invalid or the plan does not allow it
 */
export function proposedSpec(
  name: string,
  proposed: unknown,
  found: Plan | undefined,
  now: Date,
): TenantSpec {
  checkSpec(name, proposed);
  const { proposal } = readProposal('create', proposed);
  const spec: TenantSpec = { ...proposal! };
  const plan = requirePlan(found, spec.plan);
  refuse(planProblems(plan, spec, now));
  return { ...spec, expiresAt: spec.expiresAt ?? latestEnd(plan, now) };
}

/** Validates the spec of a tenant. @throws ActionFailedError with all problems */
export function checkSpec(name: string, spec: unknown): void {
  refuse(validate(tenantKind, { metadata: { name }, spec }));
}

/** Returns a plan that must exist. @throws ActionFailedError when it does not */
export function requirePlan(plan: Plan | undefined, name: string): Plan {
  if (plan) return plan;
  throw new ActionFailedError(
    `Plan "${name}" was not found; choose another plan, or ask the platform team to restore it`,
  );
}
