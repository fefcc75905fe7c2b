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

/** Sums of budgeted resources: cores, bytes and counts. @public */
export type LimitSum = { [R in keyof Pick<Amounts, BudgetedResource>]: number };

/** Returns the effective limits of an environment: its own limits, but at most those of the plan. @public */
export function effectiveLimits(
  { perEnvironment }: Plan['spec'],
  { limits = {} }: LimitsOfEnvironment,
): Amounts {
  return mapAmounts(resourceNames, name =>
    smallerAmount(limits[name], perEnvironment[name]),
  ) as Amounts;
}

/** Returns sentences about limits of an environment above those of its plan. @public */
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

/** Returns the sum of the limits of several environments. @public */
export function sumLimits(limits: Pick<Amounts, BudgetedResource>[]): LimitSum {
  return addAmounts(budgetedResources, limits) as LimitSum;
}

/**
 * Returns the budget of all environments of a tenant. For a resource that the budget omits, it is derived from
 * `perEnvironment`.
 *
 * @public
 */
export function budgetOf({
  budget,
  environments,
  perEnvironment,
}: Plan['spec']): LimitSum {
  const all = Array.from({ length: environments.max }, () => perEnvironment);
  return { ...sumLimits(all), ...(budget && sumLimits([budget])) };
}

/** Compares a sum with a budget; `excess` lists the resources above the budget, with both amounts. @public */
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
