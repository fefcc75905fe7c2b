import { compileSchema } from '../parameters/jsonSchema';
import type { Field } from './fieldsOf';
import { wordsOf } from './names';
import { proposedOf } from './proposedOf';
import { resolvePart } from './resolvePart';
import { pointer, type Schema, type SchemaReading } from './SchemaReading';
import { translateKeywords } from './translateKeywords';
import { typeOf } from './typeOf';

/**
 * Returns the parameter of a field; reports it and returns `undefined` if a form cannot show it.
 *
 * @throws PackError when a keyword has a value that JSON Schema does not allow
 */
export function parameterOf(
  reading: SchemaReading,
  field: Field,
): Schema | undefined {
  const { keywords, place } = field.part;
  const type = typeOf(reading, field.part);
  const obstacle = obstacleOf(field, type);
  if (!type || obstacle) {
    reading.tell(place, `omitted: ${obstacle ?? 'it has no type'}`);
    return undefined;
  }
  const parameter: Schema = {
    type,
    title: titleOf(reading, field),
    ...descriptionOf(reading, field),
    ...translateKeywords(reading, field.part, type),
  };
  if (type === 'array') {
    const items = itemsOf(reading, field);
    if (!items) return undefined;
    parameter.items = items;
  }
  refuseFaults(reading, field, parameter);
  const value = field.proposed ?? keywords.const;
  const proposed = proposedOf(reading, field, parameter, value);
  if (proposed === undefined && (field.isHidden || field.isReadOnly)) {
    reading.tell(
      place,
      `omitted: it can't be entered in a form and has no valid default`,
    );
    return undefined;
  }
  return {
    ...parameter,
    ...(proposed !== undefined && { default: proposed }),
    ...(field.isReadOnly && onlyValue(type, proposed)),
    ...(field.isHidden && { 'ui:widget': 'hidden' }),
  };
}

/** Makes a form show and accept only one value; a text becomes a single choice, which forms do not let people edit. */
function onlyValue(type: string, value: unknown): Schema {
  const only = type === 'string' ? { enum: [value] } : { const: value };
  return { ...only, 'ui:readonly': true };
}

/** Why a form cannot ask for a field. */
function obstacleOf(
  { part: { keywords } }: Field,
  type: string | undefined,
): string | undefined {
  const isSecret =
    keywords.format === 'password' ||
    keywords.render === 'password' ||
    keywords.writeOnly === true;
  if (isSecret)
    return "it is a secret, and form answers are stored in the app's repository";
  if (type === 'object') return 'it is an object without properties';
  return undefined;
}

function titleOf(reading: SchemaReading, field: Field): string {
  const { path, within } = field;
  const own = textOf(reading, field, 'title') || wordsOf(path.at(-1)!);
  return [...within, own].join(': ');
}

/** The description, and the longer one that schemas of Nextflow have. */
function descriptionOf(reading: SchemaReading, field: Field): Schema {
  const texts = ['description', 'help_text'].flatMap(
    keyword => textOf(reading, field, keyword) || [],
  );
  return texts.length > 0 ? { description: texts.join('\n\n') } : {};
}

function textOf(
  reading: SchemaReading,
  { part }: Field,
  keyword: string,
): string {
  const { [keyword]: text = '' } = part.keywords;
  if (typeof text === 'string') return text.trim();
  const place = part.placeOf(keyword);
  return reading.refuse(
    place,
    `${pointer(place)} is not a string`,
    'Use a string or remove it',
  );
}

/** Returns the schema of a list's items; reports it and returns `undefined` if a form cannot show it. */
function itemsOf(reading: SchemaReading, { part }: Field): Schema | undefined {
  const { items } = part.keywords;
  if (typeof items !== 'object' || items === null || Array.isArray(items)) {
    reading.tell(part.place, 'omitted: a list whose items have no schema');
    return undefined;
  }
  const item = resolvePart(reading, part.partAt('items'));
  const type = item.children.size > 0 ? 'object' : typeOf(reading, item);
  if (!type || ['object', 'array'].includes(type)) {
    reading.tell(
      part.place,
      'omitted: a list of something other than strings, numbers or booleans',
    );
    return undefined;
  }
  for (const keyword of ['default', 'help_text', 'hidden', 'readOnly'])
    if (item.keywords[keyword] !== undefined)
      reading.tell(item.placeOf(keyword), `${keyword} of an item omitted`);
  const said = translateKeywords(reading, item, type);
  const { description, title } = item.keywords;
  return {
    type,
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...said,
  };
}

/** @throws PackError when JSON Schema does not allow a value of a keyword */
function refuseFaults(
  reading: SchemaReading,
  { part }: Field,
  parameter: Schema,
): void {
  const compiled = compileSchema(parameter);
  if ('fault' in compiled)
    reading.refuse(
      part.place,
      `${pointer(part.place)} is not valid JSON Schema: ${compiled.fault}`,
      'Correct it; see https://json-schema.org for the keywords',
    );
}
