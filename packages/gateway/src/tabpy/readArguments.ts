import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { parameterSchemas } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { isDeepStrictEqual } from 'node:util';
import { InvalidParameterError } from '../errors';
import { requireKnown } from '../parameters';

/** Arguments of a call: by name, or in the order of the parameters. */
export type TabpyData = Record<string, unknown> | unknown[];

/** Name of an argument in Tableau's calculations: `_arg1`, `_arg2` and so on. */
const positional = /^_arg([1-9]\d*)$/;

/**
 * Returns the parameters of a call. Tableau sends a column for each argument: a parameter with a list gets all of it,
 * another one the value that all rows have.
 *
 * @param given - parameters that have a value already, and so no place in the order
 * @throws InvalidParameterError for an argument without a parameter, or with several values for a single one
 */
export function readArguments(
  data: TabpyData,
  { name: fn, parameters }: ContractFunction,
  given: readonly string[] = [],
): Record<string, unknown> {
  const schemas = Object.fromEntries(parameterSchemas(parameters));
  const open = Object.keys(schemas).filter(name => !given.includes(name));
  const entries = Array.isArray(data)
    ? data.map((value, index) => [`_arg${index + 1}`, value] as const)
    : Object.entries(data);
  const named = entries.map(([name, value]) => {
    const [, position] = positional.exec(name) ?? [];
    return [(position && open[Number(position) - 1]) || name, value] as const;
  });
  requireKnown(
    fn,
    named.map(([name]) => name),
    open,
  );
  return Object.fromEntries(
    named.map(([name, value]) => [
      name,
      takesList(schemas[name]) ? [value].flat() : single(name, value),
    ]),
  );
}

/** Number of rows that an answer must have: that of the longest argument. */
export function rowCount(data: TabpyData): number {
  const lengths = Object.values(data).map(value =>
    Array.isArray(value) ? value.length : 1,
  );
  return Math.max(1, ...lengths);
}

function takesList({ anyOf, type }: { anyOf?: unknown; type?: unknown }) {
  const kinds = Array.isArray(anyOf) ? anyOf.map(one => one.type) : [type];
  return kinds.includes('array');
}

function single(name: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [first, ...others] = value;
  if (value.length > 0 && others.every(one => isDeepStrictEqual(one, first)))
    return first;
  throw new InvalidParameterError(
    `${name} takes one value, but ${value.length} rows with different values were sent; aggregate it, or let the function take a list`,
    { fields: { parameter: name } },
  );
}
