import type { Plan } from '../kinds/plan';
import type { TenantEnvironment } from '../kinds/tenant';
import { quantityToNumber } from './quantity';

/** Limits of one environment, as quantities. */
export interface EnvironmentLimits {
  cpu: string;
  memory: string;
  storage: string;
  apps: number;
  pods: number;
}

/** Resources of which a plan has a budget; cores, bytes, bytes and pieces. */
export type LimitSum = Record<BudgetedResource, number>;

/** A resource of which a plan has a budget. */
export type BudgetedResource = (typeof budgetedResources)[number];

/** Resources of which a plan has a budget. */
export const budgetedResources = ['cpu', 'memory', 'storage', 'apps'] as const;

/** What an environment may use: its own limits, but never more than the plan allows it. */
export function limitsOf(
  { perEnvironment }: Plan['spec'],
  { limits = {} }: Pick<TenantEnvironment, 'limits'>,
): EnvironmentLimits {
  const { cpu, memory, storage, apps, pods } = perEnvironment;
  return {
    cpu: smaller(limits.cpu, cpu),
    memory: smaller(limits.memory, memory),
    storage: smaller(limits.storage, storage),
    apps: Math.min(limits.apps ?? apps, apps),
    pods: Math.min(limits.pods ?? pods, pods),
  };
}

/** Sentences about limits of an environment that are above what its plan allows it. */
export function excessOf(
  { perEnvironment, title }: Plan['spec'],
  { name, limits = {} }: Pick<TenantEnvironment, 'limits' | 'name'>,
): string[] {
  const fields = ['cpu', 'memory', 'storage', 'apps', 'pods'] as const;
  return fields.flatMap(field => {
    const asked = limits[field];
    const most = perEnvironment[field];
    return asked !== undefined && amount(asked) > amount(most)
      ? `The plan ${title} allows an environment ${field} ${most}, and ${asked} is asked for in ${name}`
      : [];
  });
}

/** The limits of several environments together. */
export function sumLimits(
  limits: Pick<EnvironmentLimits, BudgetedResource>[],
): LimitSum {
  const sum = (resource: BudgetedResource) =>
    // Thousandths are whole numbers, which add up exactly.
    limits.reduce(
      (total, one) => total + Math.round(amount(one[resource]) * 1000),
      0,
    ) / 1000;
  return {
    cpu: sum('cpu'),
    memory: sum('memory'),
    storage: sum('storage'),
    apps: sum('apps'),
  };
}

/** What all environments of a tenant may use together. */
export function budgetOf({
  budget,
  environments,
  perEnvironment,
}: Plan['spec']): LimitSum {
  return budget
    ? sumLimits([budget])
    : sumLimits(Array.from({ length: environments.max }, () => perEnvironment));
}

/** Resources of which a sum has more than a budget, each with both numbers for people; empty when it fits. */
export function fitsBudget(
  sum: LimitSum,
  budget: LimitSum,
): { fits: boolean; excess: string[] } {
  const excess = budgetedResources
    .filter(resource => sum[resource] > budget[resource])
    .map(
      resource =>
        `${resource} ${inWords(resource, sum[resource])} of ${inWords(
          resource,
          budget[resource],
        )}`,
    );
  return { fits: excess.length === 0, excess };
}

function inWords(resource: BudgetedResource, value: number): string {
  const gib = 2 ** 30;
  if (resource === 'memory' || resource === 'storage')
    return value % gib === 0 ? `${value / gib}Gi` : `${value / 2 ** 20}Mi`;
  return `${value}`;
}

/** The smaller of two quantities; the second when the first is absent, or they are the same. */
export function smaller(asked: string | undefined, most: string): string {
  return asked !== undefined && amount(asked) < amount(most) ? asked : most;
}

function amount(value: string | number): number {
  return typeof value === 'number' ? value : quantityToNumber(value);
}
