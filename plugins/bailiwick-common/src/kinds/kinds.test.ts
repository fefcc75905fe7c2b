import { toCustomResourceDefinition } from './schema/customResourceDefinition';
import { kinds } from '.';

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

/** Paths of the fields that `kubectl explain` would show without a word. */
function silentFields(schema: Schema, path: string): string[] {
  const { properties = {} } = schema.items ?? schema;
  return Object.entries(properties).flatMap(([name, field]) => [
    ...(field.description ? [] : [`${path}.${name}`]),
    ...silentFields(field, `${path}.${name}`),
  ]);
}

describe.each(kinds.map(kind => ({ name: kind.kind, kind })))(
  '$name',
  ({ kind }) => {
    const crd = toCustomResourceDefinition(kind);
    const [{ schema }] = crd.spec.versions;
    const { spec, status } = schema.openAPIV3Schema.properties;

    it('explains its spec, its status and every field of them', () => {
      const properties = { spec, status } as Record<string, Schema>;
      expect(silentFields({ properties }, kind.plural)).toEqual([]);
    });

    it('reports conditions and the generation they speak of', () => {
      expect(status.properties.conditions).toMatchObject({
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['type'],
      });
      expect(status.properties.observedGeneration.type).toBe('integer');
    });

    it('has short names that no other kind has', () => {
      const others = kinds
        .filter(other => other !== kind)
        .flatMap(({ shortNames, plural }) => [...shortNames, plural]);
      expect(kind.shortNames).not.toHaveLength(0);
      expect(others).not.toEqual(expect.arrayContaining(kind.shortNames));
    });
  },
);
