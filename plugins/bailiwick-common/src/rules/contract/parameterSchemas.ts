import type { ContractFunction } from '../../kinds';

type JsonObject = Record<string, unknown>;

/**
 * Returns the parameters of a function with their JSON Schemas, in the author's order. Kubernetes does not preserve
 * the order of object members, so the contract contains it separately (`x-bailiwick.order`); parameters that are
 * missing there are last.
 *
 * @public
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
