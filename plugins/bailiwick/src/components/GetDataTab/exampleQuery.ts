import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  parameterSchemas,
  requiredParameters,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Schema = Record<string, unknown>;

/**
 * Returns the query of an example call, such as `?symbols=AAPL`, with a value for each required parameter; empty without
 * any.
 */
export function exampleQuery(fn: ContractFunction): string {
  const required = requiredParameters(fn);
  const query = parameterSchemas(fn.parameters)
    .filter(([name]) => required.includes(name))
    .map(([name, schema]) => `${name}=${encodeURIComponent(exampleOf(schema))}`)
    .join('&');
  return query && `?${query}`;
}

/** Returns an example of a parameter's values as a text; `…` if the contract has none. */
function exampleOf({ enum: options, examples, items }: Schema): string {
  const [first] = [...list(examples), ...list(options)];
  if (first !== undefined) return String([first].flat()[0]);
  return items ? exampleOf(items as Schema) : '…';
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
