import { textTypes } from './textTypes';

/** The part of JSON Schema that defines how a text becomes a value. */
export interface ParameterSchema {
  type?: string | string[];
  items?: ParameterSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: ParameterSchema[];
  oneOf?: ParameterSchema[];
}

/** A text in the address is not a value of the declared type. */
export class NotCoercible extends Error {}

/**
 * Converts the texts of one query parameter by its schema. Lists are repeated (`a=1&a=2`) or separated by commas
 * (`a=1,2`).
 *
 * Converts only types; the app itself checks patterns, bounds and formats.
 *
 * @throws NotCoercible with the expected type
 */
export function coerce(texts: string[], schema: ParameterSchema): unknown {
  if (schema.type === 'array') {
    return texts
      .flatMap(text => text.split(','))
      .filter(text => text !== '')
      .map(text => coerceOne(text, schema.items ?? {}));
  }
  if (texts.length > 1) throw new NotCoercible('one value');
  return coerceOne(texts[0], schema);
}

function coerceOne(text: string, schema: ParameterSchema): unknown {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return firstThatFits(text, options);
  const choices = schema.enum ?? ('const' in schema ? [schema.const] : []);
  if (choices.length > 0) {
    const chosen = choices.find(choice => String(choice) === text);
    if (chosen === undefined) {
      throw new NotCoercible(`one of ${choices.join(', ')}`);
    }
    return chosen;
  }
  if (Array.isArray(schema.type)) {
    return firstThatFits(
      text,
      schema.type.map(type => ({ type })),
    );
  }
  return read(text, schema.type ?? 'string');
}

function firstThatFits(text: string, options: ParameterSchema[]): unknown {
  const expected: string[] = [];
  // text fits everything, so it comes last
  const ordered = [...options].sort(
    (a, b) => Number(isText(a)) - Number(isText(b)),
  );
  for (const option of ordered) {
    try {
      return coerce([text], option);
    } catch (error) {
      if (!(error instanceof NotCoercible)) throw error;
      expected.push(error.message);
    }
  }
  throw new NotCoercible(expected.join(' or '));
}

function isText({ type, enum: choices }: ParameterSchema): boolean {
  return !choices && (type === undefined || type === 'string');
}

function read(text: string, type: string): unknown {
  if (!Object.hasOwn(textTypes, type)) return text;
  const found = textTypes[type].read(text);
  if (!found) throw new NotCoercible(textTypes[type].expected);
  return found.value;
}
