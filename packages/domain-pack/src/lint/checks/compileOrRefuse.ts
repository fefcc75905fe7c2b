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
    `The ${field} are no JSON Schema: ${compiled.fault}`,
    'Correct them; https://json-schema.org tells the keywords',
  );
  return undefined;
}
