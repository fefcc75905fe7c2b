import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  parameterSchemas,
  requiredParameters,
  toQuery,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { fieldsOf, readFields } from '../../ParameterFields';

type Schema = Record<string, unknown>;

/**
 * Returns the query of a call, such as `?symbols=AAPL`, with the values that were entered, and an example for each other
 * required parameter; empty without any.
 *
 * @param texts - texts by the name of the parameter; those that are not valid are left out
 */
export function queryOf(
  fn: ContractFunction,
  texts: Record<string, string> = {},
): string {
  const required = requiredParameters(fn);
  const examples = parameterSchemas(fn.parameters)
    .filter(([name]) => required.includes(name))
    .map(([name, schema]) => [name, exampleOf(schema)]);
  const { parameters } = readFields(fieldsOf(fn.parameters), texts);
  return toQuery({ ...Object.fromEntries(examples), ...parameters });
}

/** Returns the values that were entered for a function; `undefined` while one of them is not valid. */
export function valuesOf(
  { parameters }: ContractFunction,
  texts: Record<string, string> = {},
): Record<string, unknown> | undefined {
  const read = readFields(fieldsOf(parameters), texts);
  return read.isValid ? read.parameters : undefined;
}

/** Returns the labels of the fields whose texts are no values. */
export function wrongFieldsOf(
  { parameters }: ContractFunction,
  texts: Record<string, string> = {},
): string[] {
  return readFields(fieldsOf(parameters), texts).wrong;
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
