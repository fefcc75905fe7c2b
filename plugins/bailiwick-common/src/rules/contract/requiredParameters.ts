import type { ContractFunction } from '../../kinds';

/** Returns the names of the parameters that a call must have, because they have no default. @public */
export function requiredParameters({
  parameters,
}: Pick<ContractFunction, 'parameters'>): string[] {
  const { required } = parameters as { required?: unknown };
  return Array.isArray(required) ? required.map(String) : [];
}
