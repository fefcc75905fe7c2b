import { fieldsOf } from './fieldsOf';
import { nameOf } from './names';
import { parameterOf } from './parameterOf';
import {
  pointer,
  SchemaReading,
  type ImportFinding,
  type Schema,
} from './SchemaReading';

/** A form converted from a schema. @public */
export interface ImportedForm {
  /** `parameters` of an `archetype.yaml`: one flat JSON Schema with `ui:order`. */
  parameters: Record<string, unknown>;
  /** New names of parameters with their names in the schema, such as `resources.cpu`. */
  names: { name: string; from: string }[];
  /** Differences between form and schema. */
  findings: ImportFinding[];
}

/** Maximum number of parameters. */
const mostParameters = 500;

/**
 * Converts a schema into the form of an archetype. The schema is the `values.schema.json` of a Helm chart (JSON
 * Schema draft-07, with hints of Onyxia under `x-onyxia`), or the `nextflow_schema.json` of a Nextflow pipeline
 * (groups under `$defs` or `definitions`, joined by `allOf`). Follows references within the file only.
 *
 * Sources:
 * https://helm.sh/docs/topics/charts/#schema-files, https://docs.onyxia.sh/admin-doc/catalog-of-services and
 * https://nextflow-io.github.io/nf-schema/latest/nextflow_schema/nextflow_schema_specification/.
 *
 * @param file - name of the schema, for messages
 * @param text - JSON of the schema, at most 400 000 characters
 * @throws PackError if it is not such a schema, refers to other files or to itself, or is too large
 * @public
 */
export function importSchema(file: string, text: string): ImportedForm {
  const reading = SchemaReading.of(file, text);
  try {
    return formOf(reading);
  } catch (error) {
    // What walks a schema calls itself for each level.
    if (!(error instanceof RangeError)) throw error;
    return reading.refuse([], 'Nested too deeply', 'Use fewer levels');
  }
}

function formOf(reading: SchemaReading): ImportedForm {
  const fields = fieldsOf(reading);
  const properties = new Map<string, Schema>();
  const names: ImportedForm['names'] = [];
  const required: string[] = [];
  for (const field of fields) {
    const parameter = parameterOf(reading, field);
    if (!parameter) continue;
    const name = nameOf(field.path, new Set(properties.keys()));
    properties.set(name, parameter);
    names.push({ name, from: field.path.join('.') });
    if (field.isRequired) required.push(name);
  }
  refuseSize(reading, properties.size);
  tellUnused(reading);
  return {
    parameters: {
      type: 'object',
      ...(required.length > 0 && { required }),
      'ui:order': [...properties.keys()],
      properties: Object.fromEntries(properties),
    },
    names,
    findings: reading.findings,
  };
}

function refuseSize(reading: SchemaReading, count: number): void {
  if (count === 0)
    reading.refuse(
      [],
      'No property of the schema can become a form field',
      'Import a schema with strings, numbers or choices',
    );
  if (count > mostParameters)
    reading.refuse(
      [],
      `The form would have ${count} parameters; the limit is ${mostParameters}`,
      'Import a smaller schema or a part of it',
    );
}

/** Reports unused definitions, such as a group that the pipeline does not reference. */
function tellUnused(reading: SchemaReading): void {
  const followed = [...reading.followed];
  for (const list of ['$defs', 'definitions']) {
    const { [list]: definitions } = reading.root;
    if (typeof definitions !== 'object' || definitions === null) continue;
    for (const name of Object.keys(definitions)) {
      const place = pointer([list, name]);
      const isUsed = followed.some(path => `${path}/`.startsWith(`${place}/`));
      if (!isUsed) reading.tell([list, name], 'omitted: not referenced');
    }
  }
}
