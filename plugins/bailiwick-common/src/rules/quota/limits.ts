import type { Plan } from '../../kinds/plan';
import {
  budgetedResources,
  resourceNames,
  resources,
  type Amounts,
  type BudgetedResource,
} from '../../kinds/planResources';
import type { TenantEnvironment } from '../../kinds/tenant';
import {
  amountToNumber,
  addAmounts,
  mapAmounts,
  smallerAmount,
} from './amounts';

type LimitsOfEnvironment = Pick<TenantEnvironment, 'limits'>;

/** Sums of budgeted resources: cores, bytes and counts. */
export type LimitSum = { [R in keyof Pick<Amounts, BudgetedResource>]: number };

/** What an environment may use: its own limits, but never more than the plan allows. */
export function effectiveLimits(
  { perEnvironment }: Plan['spec'],
  { limits = {} }: LimitsOfEnvironment,
): Amounts {
  return mapAmounts(resourceNames, name =>
    smallerAmount(limits[name], perEnvironment[name]),
  ) as Amounts;
}

/** Sentences about limits of an environment that are above what its plan allows. */
export function limitProblems(
  { perEnvironment, title }: Plan['spec'],
  { name, limits = {} }: LimitsOfEnvironment & Pick<TenantEnvironment, 'name'>,
): string[] {
  return resourceNames.flatMap(resource => {
    const [asked, most = 0] = [limits[resource], perEnvironment[resource]];
    return amountToNumber(asked) > amountToNumber(most)
      ? `Plan ${title} limits ${resource} to ${most} per environment, and ${name} requests ${asked}; reduce it, or choose a larger plan`
      : [];
  });
}

/** The limits of several environments together. */
export function sumLimits(limits: Pick<Amounts, BudgetedResource>[]): LimitSum {
  return addAmounts(budgetedResources, limits) as LimitSum;
}

/** What all environments of a tenant may use together. A budget that omits a resource leaves it to `perEnvironment`. */
export function budgetOf({
  budget,
  environments,
  perEnvironment,
}: Plan['spec']): LimitSum {
  const all = Array.from({ length: environments.max }, () => perEnvironment);
  return { ...sumLimits(all), ...(budget && sumLimits([budget])) };
}

/** Compares a sum with a budget; `excess` names each resource above the budget, with both amounts. */
export function compareWithBudget(
  sum: LimitSum,
  budget: LimitSum,
): { fits: boolean; excess: string[] } {
  const excess = budgetedResources.flatMap(resource => {
    const [wanted = 0, most = 0] = [sum[resource], budget[resource]];
    return wanted > most
      ? `${resource} ${inWords(resource, wanted)} of ${inWords(resource, most)}`
      : [];
  });
  return { fits: excess.length === 0, excess };
}

function inWords(resource: BudgetedResource, value: number): string {
  const gib = 2 ** 30;
  if (resources[resource].unit !== 'bytes') return `${value}`;
  return value % gib === 0 ? `${value / gib}Gi` : `${value / 2 ** 20}Mi`;
}
