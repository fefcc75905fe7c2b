import type { ContractFunction } from '../../kinds';

type JsonObject = Record<string, unknown>;

/**
 * The parameters of a function with their JSON Schemas, in the order in which the author wrote them.
 *
 * Objects lose the order of their members on the way through Kubernetes, so the contract says it
 * beside them (`x-bailiwick.order`); parameters that are not named there come last.
 */
export function parameterSchemas(
  parameters: ContractFunction['parameters'],
): [name: string, schema: JsonObject][] {
  const { properties = {}, 'x-bailiwick': extension } = parameters as {
    properties?: Record<string, JsonObject>;
    'x-bailiwick'?: { order?: string[] };
  };
  const order = extension?.order ?? [];
  const placeOf = (name: string) =>
    order.includes(name) ? order.indexOf(name) : order.length;
  return Object.entries(properties).sort(
    ([one], [other]) => placeOf(one) - placeOf(other),
  );
}
