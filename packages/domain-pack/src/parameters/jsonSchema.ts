import {
  addPackKeywords,
  schemaErrorWords,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = Record<string, unknown>;

/** Words that packs and forms add to JSON Schema. */
const annotations = ['x-bailiwick', 'errorMessage'];

/** Creates a validator with the formats of JSON Schema that reports all errors. */
function newAjv(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    validateSchema: false,
  });
  addFormats.default(ajv);
  for (const keyword of annotations) ajv.addKeyword({ keyword });
  addPackKeywords(ajv);
  return ajv;
}

/** Validator of schemas; compiling the meta-schema takes far longer than a schema of a pack. It keeps no schemas. */
const metaAjv = newAjv();

/** Compiles a schema; returns the problems of an invalid one instead. */
export function compileSchema(
  schema: Json,
): { validate: ValidateFunction } | { fault: string } {
  // Such a validator would answer later, and until then everything would seem right.
  if (placesOf(schema, '$async').length > 0)
    return { fault: 'the keyword $async is not known here' };
  try {
    const formless = withoutForms(schema);
    metaAjv.validateSchema(formless, true);
    // One of its own, as names in one schema must not be known in another.
    return { validate: newAjv().compile(formless) };
  } catch (error) {
    return { fault: (error as Error).message.split('\n')[0] };
  }
}

/** Describes how a value differs from its schema. */
export function mismatches(
  validate: ValidateFunction,
  value: unknown,
): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(words);
}

function words(error: ErrorObject): string {
  const { instancePath, keyword, params } = error;
  const allowed =
    keyword === 'enum' ? `: ${params.allowedValues.join(', ')}` : '';
  const where = instancePath.slice(1).replaceAll('/', '.');
  return `${where ? `${where} ` : ''}${schemaErrorWords(error)}${allowed}`;
}

/** Removes keywords that only forms read (`ui:order` and the like). */
function withoutForms(schema: unknown): Json {
  return JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key.startsWith('ui:') ? undefined : value,
    ),
  );
}

/** Returns the places of a keyword in a schema. */
export function placesOf(
  schema: unknown,
  keyword: string,
  place: readonly string[] = [],
): string[][] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === keyword ? [[...place, key]] : []),
    ...placesOf(value, keyword, [...place, key]),
  ]);
}
