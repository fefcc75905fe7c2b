import type { ResolvedPart } from './resolvePart';
import type { Schema, SchemaReading } from './SchemaReading';

/** Hints that a form carries out, with `true` or `false`. */
const knownHints = ['hidden', 'readonly'];

/** Returns the object under `x-onyxia`; `undefined` if it is not an object. */
export function hintsOf(keywords: Schema): Schema {
  const { 'x-onyxia': hints } = keywords;
  return typeof hints === 'object' && hints !== null ? (hints as Schema) : {};
}

/** Reports hints of Onyxia that have no effect here. */
export function reportHints(reading: SchemaReading, part: ResolvedPart): void {
  if (part.keywords['x-onyxia'] === undefined) return;
  const place = part.placeOf('x-onyxia');
  for (const [hint, value] of Object.entries(hintsOf(part.keywords)))
    if (!knownHints.includes(hint) || typeof value !== 'boolean')
      reading.tell([...place, hint], `${hint} of x-onyxia omitted`);
}
