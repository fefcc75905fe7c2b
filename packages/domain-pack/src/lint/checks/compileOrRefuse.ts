import type { ValidateFunction } from 'ajv';
import { compileSchema } from '../../parameters/jsonSchema';
import type { Refuse } from './problemsIn';

/** Compiles the schema of a form, or reports that it is none. */
export function compileOrRefuse(
  field: 'parameters' | 'settings',
  schema: Parameters<typeof compileSchema>[0],
  refuse: Refuse,
): ValidateFunction | undefined {
  const compiled = compileSchema(schema);
  if (!('fault' in compiled)) return compiled.validate;
  refuse(
    [field],
    `The ${field} are not valid JSON Schema: ${compiled.fault}`,
    'Correct them; see https://json-schema.org for the keywords',
  );
  return undefined;
}
