import type {
  Plan,
  TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { planProblems } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatMessage } from '@bailiwick/backstage-plugin-bailiwick-react';

/** Parts of a tenant that a plan limits. */
type PlannedSpec = Pick<TenantSpec, 'environments' | 'expiresAt'>;

/**
 * Returns the first reason why a tenant cannot have a plan, `undefined` when it can.
 *
 * @param field - considers only this field
 */
export function planProblem(
  plan: Plan,
  spec: PlannedSpec,
  now: number,
  field?: keyof PlannedSpec,
): string | undefined {
  const problem = planProblems(plan, spec, new Date(now)).find(
    one => !field || one.startsWith(`${field}: `),
  );
  return problem && formatMessage(problem.replace(/^\w+: /, ''));
}
