import {
  budgetOf,
  excessOf,
  fitsBudget,
  limitsOf,
  sumLimits,
  type Plan,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** Why environments cannot have a plan, with numbers; `undefined` when they can. */
export function planProblem(
  { spec }: Plan,
  environments: TenantEnvironment[],
): string | undefined {
  const { max } = spec.environments;
  if (environments.length > max)
    return `It allows ${max} ${max === 1 ? 'environment' : 'environments'}, ${
      environments.length
    } are asked for.`;
  const [excess] = environments.flatMap(one => excessOf(spec, one));
  if (excess) return `${excess}.`;
  const sum = sumLimits(environments.map(one => limitsOf(spec, one)));
  const over = fitsBudget(sum, budgetOf(spec)).excess;
  return over.length > 0 ? `Over its budget: ${over.join(', ')}.` : undefined;
}
