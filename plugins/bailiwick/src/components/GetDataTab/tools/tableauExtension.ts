import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  parameterSchemas,
  requiredParameters,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Source, Step } from './Tool';

/** Returns the function that the steps call: the chosen one if it returns a single value, or the first that does. */
export function calledFunction({
  fn: chosen,
  values,
}: Source): ContractFunction | undefined {
  const callable = values.filter(
    one => parameterSchemas(one.parameters).length > 0,
  );
  return callable.find(({ name }) => name === chosen.name) ?? callable[0];
}

/**
 * Returns the steps that call a function with a single value in calculated fields; none without such a function.
 *
 * @param credentials - the sentence about user name and password
 */
export function extensionSteps(source: Source, credentials: string): Step[] {
  const fn = calledFunction(source);
  if (!fn) return [];
  const { hostname, port, protocol } = new URL(source.gateway);
  const number = port || (protocol === 'https:' ? '443' : '80');
  return [
    {
      text: `To call ${fn.name} in a calculation, choose Help → Settings and Performance → Manage Analytics Extension Connection → TabPy. Enter the port ${number}. ${credentials} The host is:`,
      copy: { label: 'the host', text: hostname },
    },
    {
      text: 'Create a calculated field with columns of your view as the arguments:',
      copy: { label: 'the calculation', text: calculation(fn) },
    },
  ];
}

const scriptTypes: Record<string, string> = {
  boolean: 'BOOL',
  integer: 'INT',
  string: 'STR',
};

/** A calculated field with the parameters that it must give, or the first one. */
function calculation(fn: ContractFunction): string {
  const { schema: { type } = { type: '' } } = fn.result;
  const required = requiredParameters(fn);
  const given = parameterSchemas(fn.parameters).filter(
    ([name], index) =>
      required.includes(name) || (required.length === 0 && index === 0),
  );
  const columns = given.map(([name, schema]) =>
    /"type":"(number|integer)"/.test(JSON.stringify(schema))
      ? `SUM([${name}])`
      : `ATTR([${name}])`,
  );
  return `SCRIPT_${scriptTypes[String(type)] ?? 'REAL'}("/${
    fn.name
  }", ${columns.join(', ')})`;
}
