type Schema = Record<string, any>;

/**
 * Writes the order of a form's fields into its schema (`ui:order`), also for nested objects.
 *
 * Objects lose the order of their members in Kubernetes. Fields that an existing `ui:order` omits follow at its end,
 * unless it contains `*`.
 */
export function withFieldOrder(schema: Schema): Schema {
  const { items, properties } = schema;
  const isSchema = (value: unknown): value is Schema =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return {
    ...schema,
    ...(isSchema(items) && { items: withFieldOrder(items) }),
    ...(isSchema(properties) && {
      'ui:order': orderOf(schema['ui:order'], Object.keys(properties)),
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [
          name,
          isSchema(one) ? withFieldOrder(one) : one,
        ]),
      ),
    }),
  };
}

function orderOf(written: unknown, names: string[]): string[] {
  const order: string[] = Array.isArray(written) ? written : [];
  return order.includes('*')
    ? order
    : [...order, ...names.filter(name => !order.includes(name))];
}
