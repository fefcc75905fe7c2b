import { NotFoundError } from '../errors';
import type { Collection } from './collections';
import { BadODataError } from './errors';
import { isEntitySet } from './metadata';
import type { Literal } from './expression';
import { aliasValue } from './parseExpression';
import type { Key, KeyValue, Resource } from './parsePath';
import type { QueryOptions } from './queryOptions';

/** Values of the key of a row: a single one, or by name. */
export type RowKey = Literal | ReadonlyMap<string, Literal>;

/** Part of a collection that a request is about. */
export type Operation = {
  /** Parameters of the function as texts, as in a query. */
  parameters: [name: string, value: string][];
} & (
  | { kind: 'rows' | 'count' }
  | { kind: 'entity'; key: RowKey }
  | { kind: 'property'; key: RowKey; property: string; isRaw: boolean }
);

/**
 * Decides what a path means: parentheses contain the key of a row, or the parameters of a function that has some without
 * a default.
 *
 * @throws NotFoundError, BadODataError
 */
export function readOperation(
  { key, name, rest }: Extract<Resource, { kind: 'collection' }>,
  collection: Collection,
  { aliases }: QueryOptions,
): Operation {
  const isFunction = !isEntitySet(collection);
  const parameters = isFunction && key ? readArguments(name, key, aliases) : [];
  if (isFunction || !key) {
    if (rest.length === 0) return { kind: 'rows', parameters };
    if (rest.length === 1 && rest[0] === '$count')
      return { kind: 'count', parameters };
    throw notFound(name);
  }
  const [property, value, ...more] = rest;
  const row = rowKey(key, aliases);
  if (property === undefined) return { kind: 'entity', key: row, parameters };
  const isRaw = value === '$value';
  const isKnown = collection.properties.some(one => one.name === property);
  if (!isKnown || more.length > 0 || (value !== undefined && !isRaw))
    throw notFound(name);
  return { kind: 'property', key: row, property, isRaw, parameters };
}

function rowKey(key: Key, aliases: ReadonlyMap<string, string>): RowKey {
  const literalOf = (value: KeyValue) =>
    value.kind === 'alias' ? aliasValue(value.name, aliases) : value;
  return 'kind' in key
    ? literalOf(key)
    : new Map([...key].map(([name, value]) => [name, literalOf(value)]));
}

function notFound(name: string): NotFoundError {
  return new NotFoundError(
    `There is no such part of ${name}; available: ${name}, ${name}/$count, ${name}(<key>), ${name}(<key>)/<property> and …/$value`,
  );
}

/** Reads the arguments of a function (OData 4.0 Part 2, section 5.1.1.13.2). */
function readArguments(
  name: string,
  key: Key,
  aliases: ReadonlyMap<string, string>,
): [name: string, value: string][] {
  if ('kind' in key)
    throw new BadODataError(
      `${name} takes named parameters, such as ${name}(symbol='AAPL')`,
    );
  return [...key].flatMap(([parameter, value]) =>
    textsOf(value, aliases).map<[string, string]>(text => [parameter, text]),
  );
}

/** Returns the texts of an argument: none for null, several for a JSON array in an alias. */
function textsOf(
  value: KeyValue,
  aliases: ReadonlyMap<string, string>,
): string[] {
  if (value.kind === 'literal') return value.type ? [value.text] : [];
  const text = aliases.get(value.name);
  if (text === undefined || text === 'null') return [];
  const [, quoted] = /^'((?:[^']|'')*)'$/s.exec(text) ?? [];
  if (quoted !== undefined) return [quoted.replaceAll("''", "'")];
  if (!text.startsWith('[')) return [text];
  try {
    return (JSON.parse(text) as unknown[]).map(String);
  } catch {
    throw new BadODataError(`${value.name} must be a literal or a JSON array`);
  }
}
