import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';

/** One field of a spec with another value, as a merge patch. */
export interface Mutation {
  path: string;
  body: { spec: Record<string, unknown> };
}

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: string[];
}

/**
 * Returns values of all classes for each field of a kind: absent, of another type, empty, smallest, largest, too long.
 * After "Acto: Automatic End-to-End Testing for Operation Correctness of Cloud System Management" (SOSP 2023).
 *
 * @param definition - name of the CustomResourceDefinition
 * @param spec - a valid spec, in whose lists fields are changed
 */
export async function mutations(
  client: KubeClient,
  definition: string,
  spec: object,
): Promise<Mutation[]> {
  const { spec: found } = (await client
    .resource(coreKinds.customResourceDefinitions)
    .get(definition)) as unknown as {
    spec: {
      versions: {
        schema: { openAPIV3Schema: { properties: { spec: Schema } } };
      }[];
    };
  };
  const schema = found.versions[0].schema.openAPIV3Schema.properties.spec;
  return walk(schema, spec as Record<string, unknown>, []);
}

function walk(schema: Schema, value: unknown, path: string[]): Mutation[] {
  const own =
    path.length === 0
      ? []
      : valuesFor(schema).map(each => mutation(path, each));
  const fields = Object.entries(schema.properties ?? {}).flatMap(
    ([name, field]) =>
      walk(field, (value as Record<string, unknown>)?.[name], [...path, name]),
  );
  const [first] = Array.isArray(value) ? value : [];
  const items = Object.entries(schema.items?.properties ?? {}).flatMap(
    ([name, field]) =>
      valuesFor(field).map(each =>
        // A merge patch replaces a list as a whole.
        mutation(path, [{ ...(first ?? {}), [name]: each }], name),
      ),
  );
  return [...own, ...fields, ...items];
}

function mutation(path: string[], value: unknown, item = ''): Mutation {
  const spec = path.reduceRight<unknown>(
    (inner, name) => ({ [name]: inner }),
    value,
  ) as Record<string, unknown>;
  const name = [...path, item].filter(Boolean).join('.');
  return { path: `${name} = ${JSON.stringify(value)}`, body: { spec } };
}

function valuesFor({ type, enum: choices = [] }: Schema): unknown[] {
  switch (type) {
    case 'string':
      return ['', 'x'.repeat(300), 'Ünicode/\u0007', 7, null, ...choices];
    case 'integer':
    case 'number':
      return [-1, 0, 2 ** 31 - 1, 2 ** 53, 'seven', null];
    case 'boolean':
      return [true, false, 'yes', null];
    case 'array':
      return [[], 'no list', null];
    default:
      return [{}, 'no object', null];
  }
}
