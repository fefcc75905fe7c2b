import type { ResolvedPart } from './resolvePart';
import type { Schema, SchemaReading } from './SchemaReading';

/** Types of a form's values, and types that a form cannot show. */
const types = ['string', 'integer', 'number', 'boolean', 'array', 'object'];

/**
 * Returns the type of a value: that of its schema, otherwise of its choices or default. Of several types, a text takes
 * precedence, then the first one; the others are reported. `undefined` if there is none.
 */
export function typeOf(
  reading: SchemaReading,
  part: ResolvedPart,
): string | undefined {
  const { type } = part.keywords;
  if (type === undefined) return typeOfValues(part.keywords);
  const named = (Array.isArray(type) ? type : [type]).map(String);
  const known = named.filter(one => types.includes(one));
  const chosen = known.includes('string') ? 'string' : known[0];
  const lost = named.filter(one => one !== chosen);
  if (lost.length > 0)
    reading.tell(part.placeOf('type'), `the type ${lost.join(', ')} omitted`);
  return chosen;
}

function typeOfValues(keywords: Schema): string | undefined {
  const { const: only, default: proposed, enum: choices, listEnum } = keywords;
  const values = [choices, listEnum].flat().concat(only, proposed);
  const kinds = new Set(
    values.filter(value => value !== undefined).map(typeOfValue),
  );
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

function typeOfValue(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'integer' : 'number';
  return value === null ? undefined : typeof value;
}
