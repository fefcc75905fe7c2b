import {
  brokenRules,
  environmentNameRules,
  type Plan,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { planProblem } from '../../planProblem';
import {
  chosenSpec,
  limitProblem,
  type ChosenEnvironment,
} from '../../RequestTenantPage/tenantDraft';

/** Why an environment cannot be added, in the words of the API server and with numbers; the first reason. */
export function environmentProblem(
  draft: ChosenEnvironment,
  tenant: Pick<TenantSpec, 'environments' | 'expiresAt'>,
  plan: Plan | undefined,
  now: number,
): string | undefined {
  const [broken] = brokenRules(environmentNameRules, draft.name);
  if (draft.name === '') return 'Enter a name for the environment';
  if (broken) return broken;
  if (tenant.environments.some(({ name }) => name === draft.name))
    return `Environment "${draft.name}" already exists`;
  const wrong = limitProblem(draft);
  if (wrong) return wrong;
  const environments = [...tenant.environments, chosenSpec(draft)];
  return plan && planProblem(plan, { ...tenant, environments }, now);
}
