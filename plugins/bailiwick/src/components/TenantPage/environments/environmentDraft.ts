import {
  brokenRules,
  environmentNameRules,
  resourceNames,
  resources,
  type Plan,
  type ResourceName,
  type ResourceRow,
  type TenantEnvironment,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountRule,
  readAmount,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { planProblem } from '../../planProblem';
import {
  chosen,
  chosenSpec,
  type ChosenEnvironment,
} from '../../RequestTenantPage/tenantDraft';

/** An environment as a person fills it in. */
export interface EnvironmentDraft extends ChosenEnvironment {
  /** Limits as typed; empty or absent for those of the plan. */
  limits: Partial<Record<ResourceName, string>>;
}

/** The resources that an environment can limit; counts follow from the plan. */
export function limitedFields(plan: Plan | undefined): ResourceName[] {
  return resourceNames.filter(name => {
    const { isOptional, unit }: ResourceRow = resources[name];
    const isOffered = !isOptional || plan?.spec.perEnvironment[name];
    return unit !== 'objects' && isOffered;
  });
}

/** The draft that the form starts with. */
export function emptyEnvironment(name: string): EnvironmentDraft {
  return { ...chosen(name), limits: {} };
}

/** The environment that a draft asks for. */
export function environmentOf(draft: EnvironmentDraft): TenantEnvironment {
  const limits = Object.fromEntries(
    typedLimits(draft).map(([name, text]) => [name, readAmount(name, text)]),
  );
  return {
    ...chosenSpec(draft),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

/** Why an environment cannot be added, in the words of the API server and with numbers; the first reason. */
export function environmentProblem(
  draft: EnvironmentDraft,
  tenant: Pick<TenantSpec, 'environments' | 'expiresAt'>,
  plan: Plan | undefined,
  now: number,
): string | undefined {
  const [broken] = brokenRules(environmentNameRules, draft.name);
  if (draft.name === '') return 'Enter a name for the environment';
  if (broken) return broken;
  if (tenant.environments.some(({ name }) => name === draft.name))
    return `Environment "${draft.name}" already exists`;
  const wrong = typedLimits(draft).find(
    ([resource, text]) => readAmount(resource, text) === undefined,
  );
  if (wrong) return `${wrong[0]}: must be ${amountRule(wrong[0])}`;
  const environments = [...tenant.environments, environmentOf(draft)];
  return plan && planProblem(plan, { ...tenant, environments }, now);
}

/** The limits that are not empty. */
function typedLimits({ limits }: EnvironmentDraft) {
  return (Object.entries(limits) as [ResourceName, string][]).filter(
    ([, text]) => text !== '',
  );
}
