import { formatRule } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import fc from 'fast-check';
import { compileSchema, mismatches } from '../parameters/jsonSchema';

type Schema = Record<string, any>;

/** Seed of all samples: the same contract has the same ones, on every machine. */
const seed = 1;
/** Most items of a list. */
const most = 3;
/** Number of candidates per sample, of which those are kept that fit the whole schema. */
const surplus = 5;

/**
 * Returns deterministic samples of parameters that a contract allows: its examples, and generated values.
 *
 * @param parameters - JSON Schema (2020-12, no references) of the object of parameters
 * @param count - maximum number
 * @returns nothing without parameters, or if no generated value fits
 */
export function sampleParameters(
  parameters: Schema,
  count: number,
): Record<string, unknown>[] {
  if (Object.keys(parameters.properties ?? {}).length === 0) return [];
  const checked = compileSchema(parameters);
  if ('fault' in checked) return [];
  return fc
    .sample(objectOf(parameters), { numRuns: count * surplus, seed })
    .map(sample => ({ ...sample }))
    .filter(sample => mismatches(checked.validate, sample).length === 0)
    .slice(0, count);
}

function objectOf({ properties = {}, required = [] }: Schema) {
  return fc.record(
    Object.fromEntries(
      Object.entries(properties as Schema).map(([name, schema]) => [
        name,
        valueOf(schema),
      ]),
    ),
    { requiredKeys: required },
  ) as fc.Arbitrary<Record<string, unknown>>;
}

function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  const known: unknown[] = schema.examples ?? [];
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const made = madeOf(schema);
  return known.length > 0 ? fc.oneof(fc.constantFrom(...known), made) : made;
}

function madeOf(schema: Schema): fc.Arbitrary<unknown> {
  const choices: Schema[] | undefined = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(valueOf));
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return numberOf(schema).map(Math.round);
    case 'number':
      return numberOf(schema);
    case 'array':
      return fc.array(valueOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? most, most),
      });
    case 'object':
      return objectOf(schema);
    case 'null':
      return fc.constant(null);
    default:
      return textOf(schema);
  }
}

/** Numbers as people type them, at equal distances and with both ends, where these are allowed. */
function numberOf({
  exclusiveMaximum,
  exclusiveMinimum,
  maximum = exclusiveMaximum,
  minimum = exclusiveMinimum,
}: Schema) {
  const places = 1000;
  const low = minimum ?? Math.min(maximum ?? 0, 0) - places;
  const high = maximum ?? Math.max(low, 0) + places;
  return fc
    .integer({
      min: exclusiveMinimum === undefined ? 0 : 1,
      max: exclusiveMaximum === undefined ? places : places - 1,
    })
    .map(place => low + ((high - low) * place) / places);
}

function textOf({
  format,
  maxLength = 20,
  minLength = 0,
  pattern,
}: Schema): fc.Arbitrary<string> {
  const instant = fc
    .date({
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2030-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map(date => date.toISOString());
  if (format === 'date') return instant.map(text => text.slice(0, 10));
  if (format === 'date-time') return instant;
  if (format === 'time') return instant.map(text => text.slice(11, 19));
  const rule = formatRule(format);
  if (rule) return fc.constantFrom(...rule.valid);
  if (pattern) return matching(pattern);
  return fc.string({ minLength, maxLength: Math.max(minLength, maxLength) });
}

/** Texts of a pattern; none that fits of one that only the runtime's language has. */
function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
  } catch {
    return fc.constant('');
  }
}
