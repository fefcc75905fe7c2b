import { z } from 'zod';
import { toCustomResourceDefinition } from './customResourceDefinition';
import { defineKind } from './kind';
import { anyObject, keyedList, withRules } from './rules';
import { instantSchema } from './scalars';

const positive = {
  cel: 'self.size > 0',
  message: 'must not be empty',
  holds: ({ size }: { size: number }) => size > 0,
};

const boxKind = defineKind({
  kind: 'Box',
  plural: 'boxes',
  shortNames: ['bx'],
  scope: 'Namespaced',
  description: 'A box.',
  spec: withRules(
    z.object({
      size: z.int().positive().describe('Litres.'),
      colour: z.literal('red').optional(),
      closedAt: instantSchema.optional(),
      labels: z.record(z.string(), z.string().max(5)).optional(),
      anything: anyObject().optional(),
      lids: keyedList(z.strictObject({ name: z.string() }), 'name', 3),
    }),
    [positive],
  ),
  status: z.object({ full: z.boolean().optional() }),
  columns: [],
  rules: [],
});

const [version] = toCustomResourceDefinition(boxKind).spec.versions;
const { spec } = version.schema.openAPIV3Schema.properties;

describe('toCustomResourceDefinition', () => {
  it('names the kind after its group', () => {
    expect(toCustomResourceDefinition(boxKind).metadata.name).toBe(
      'boxes.bailiwick.dev',
    );
  });

  it('carries rules as CEL with their messages', () => {
    expect(spec['x-kubernetes-validations']).toEqual([
      { rule: positive.cel, message: positive.message },
    ]);
  });

  it('omits keywords that structural schemas do not allow', () => {
    const text = JSON.stringify(spec);
    for (const word of ['$schema', 'propertyNames', '"const"']) {
      expect(text).not.toContain(word);
    }
    expect(text).not.toContain('"additionalProperties":false');
  });

  it('turns a constant into a choice of one', () => {
    expect(spec.properties.colour.enum).toEqual(['red']);
  });

  it('writes exclusive bounds like OpenAPI 3.0', () => {
    expect(spec.properties.size).toMatchObject({
      minimum: 0,
      exclusiveMinimum: true,
    });
    expect(spec.properties.size).not.toHaveProperty('maximum');
  });

  it('leaves the check of an instant to its format', () => {
    expect(spec.properties.closedAt.format).toBe('date-time');
    expect(spec.properties.closedAt).not.toHaveProperty('pattern');
  });

  it('keeps the schema of the values of a map', () => {
    expect(spec.properties.labels.additionalProperties).toMatchObject({
      maxLength: 5,
    });
  });

  it('preserves unknown fields only where any are allowed', () => {
    expect(spec.properties.anything).toEqual({
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    });
  });

  it('makes lists mergeable by key', () => {
    expect(spec.properties.lids).toMatchObject({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      maxItems: 3,
    });
  });

  it('requires a spec and serves the status on its own', () => {
    expect(version.schema.openAPIV3Schema.required).toEqual(['spec']);
    expect(version.subresources).toEqual({ status: {} });
  });
});
