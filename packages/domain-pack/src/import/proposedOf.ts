import { createContext, Script } from 'node:vm';
import { compileSchema, mismatches } from '../parameters/jsonSchema';
import type { Field } from './fieldsOf';
import type { Schema, SchemaReading } from './SchemaReading';

/** Time limit of a pattern on its own default in milliseconds; slower patterns are omitted. */
const timeoutMs = 200;

/** Returns a default that fits the schema; a pattern that exceeds its time limit on it is omitted and reported. */
export function proposedOf(
  reading: SchemaReading,
  { part }: Field,
  parameter: Schema,
  value: unknown,
): unknown {
  if (value === undefined) return undefined;
  const [checked, values] = Array.isArray(value)
    ? [parameter.items as Schema, value]
    : [parameter, [value]];
  const { pattern } = checked ?? {};
  if (pattern !== undefined && !values.every(one => endsInTime(pattern, one))) {
    reading.tell(part.place, 'pattern omitted: it takes too long to match');
    delete checked.pattern;
  }
  const compiled = compileSchema(parameter);
  const [mismatch] =
    'validate' in compiled ? mismatches(compiled.validate, value) : [];
  if (!mismatch) return value;
  reading.tell(part.placeOf('default'), `default omitted: it ${mismatch}`);
  return undefined;
}

/** Whether a regular expression comes to an end over a text soon. */
function endsInTime(pattern: unknown, text: unknown): boolean {
  const context = createContext({
    pattern: String(pattern),
    text: String(text),
  });
  try {
    new Script('new RegExp(pattern, "u").test(text)').runInContext(context, {
      timeout: timeoutMs,
    });
    return true;
  } catch {
    return false;
  }
}
