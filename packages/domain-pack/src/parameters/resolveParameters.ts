import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { mergeVocabulary } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Schema = Record<string, any>;

/** Returns parameters with the constraints of their vocabulary types, as plain JSON Schema. */
export function resolveParameters(
  schema: Schema,
  { vocabulary }: Pick<DomainPack['spec'], 'vocabulary'>,
): Schema {
  const { schema: resolved } = mergeVocabulary(schema, vocabulary);
  if (resolved.items)
    resolved.items = resolveParameters(resolved.items, { vocabulary });
  if (resolved.properties)
    resolved.properties = Object.fromEntries(
      Object.entries(resolved.properties as Schema).map(([name, property]) => [
        name,
        // A pack that lint refuses may have a parameter without a schema.
        resolveParameters(property ?? {}, { vocabulary }),
      ]),
    );
  return resolved;
}
