import { fieldsOf } from './fieldsOf';
import { nameOf } from './names';
import { parameterOf } from './parameterOf';
import {
  pointer,
  SchemaReading,
  type ImportFinding,
  type Schema,
} from './SchemaReading';

/** The form that a schema becomes. */
export interface ImportedForm {
  /** `parameters` of an `archetype.yaml`: one flat JSON Schema with `ui:order`. */
  parameters: Record<string, unknown>;
  /** Names that parameters got, with what the schema calls them, such as `resources.cpu`. */
  names: { name: string; from: string }[];
  /** What the form says otherwise than the schema, or not at all. */
  findings: ImportFinding[];
}

/** More parameters nobody fills in. */
const mostParameters = 500;

/**
 * Makes the form of an archetype out of the schema of something that runs elsewhere: the
 * `values.schema.json` of a Helm chart (JSON Schema draft-07, with the hints of Onyxia under
 * `x-onyxia`), or the `nextflow_schema.json` of a Nextflow pipeline (groups under `$defs` or
 * `definitions`, brought together by `allOf`). References are followed within the file only.
 *
 * Sources: https://helm.sh/docs/topics/charts/#schema-files,
 * https://docs.onyxia.sh/admin-doc/catalog-of-services and
 * https://nextflow-io.github.io/nf-schema/latest/nextflow_schema/nextflow_schema_specification/.
 *
 * @param file - name of the schema, for what is said of it
 * @param text - its JSON, at most 400 000 characters
 * @throws PackError when it is no such schema, leads elsewhere or in a circle, or is too large
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

/** Tells definitions that nothing refers to, such as a group that its pipeline forgot. */
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
