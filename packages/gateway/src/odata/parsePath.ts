import { BadODataError, NotImplementedError } from './errors';
import type { Literal } from './expression';
import { tokenize, type Token } from './tokenize';

/** Subject of a request (OData 4.0 Part 2, section 4). */
export type Resource =
  | { kind: 'service' }
  | { kind: 'metadata' }
  | {
      kind: 'collection';
      name: string;
      /** Values in parentheses: a key, or parameters of a function. */
      key?: Key;
      /** Segments after the name. */
      rest: string[];
    };

/** A literal, or the name of a parameter alias. */
export type KeyValue = Literal | { kind: 'alias'; name: string };

/** Values in parentheses: a single one, or by name. */
export type Key = KeyValue | ReadonlyMap<string, KeyValue>;

/**
 * Parses a path below the root of the service. Segments are separated before they are decoded, so that `%2F` belongs to
 * a key.
 *
 * @returns `undefined` when the path has no meaning
 * @throws BadODataError for a malformed key or encoding
 * @throws NotImplementedError for resources such as `$all` (OData 4.0 Part 2, section 4.11 to 4.13)
 */
export function parsePath(path: string): Resource | undefined {
  const [first, ...rest] = path.split('/').filter(Boolean).map(decode);
  if (first === undefined) return { kind: 'service' };
  if (first === '$metadata')
    return rest.length === 0 ? { kind: 'metadata' } : undefined;
  if (first.startsWith('$'))
    throw new NotImplementedError(
      `${first} is not supported; the service document lists the entity sets`,
    );
  const [, name, inner] =
    /^([\p{L}_][\p{L}\p{Nd}_]*)(?:\((.*)\))?$/su.exec(first) ?? [];
  if (name === undefined) return undefined;
  // Some clients call an entity set like a function without parameters.
  const key = inner?.trim() ? parseKey(inner) : undefined;
  return { kind: 'collection', name, ...(key && { key }), rest };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new BadODataError(
      `${JSON.stringify(segment.slice(0, 40))} is not encoded correctly`,
    );
  }
}

/** Parses `'AAPL'` or `symbol='AAPL',day=2026-01-31` (OData 4.0 ABNF, `keyPredicate`). */
function parseKey(text: string): Key {
  const tokens = tokenize(text, 'The key');
  if (tokens.some(({ kind }) => kind === '('))
    throw new NotImplementedError(
      `The part (${text}) of the address is not supported; use $filter`,
    );
  const [only, ...others] = tokens;
  if (others.length === 0 && isValue(only)) return keyValue(only);
  const values = new Map<string, KeyValue>();
  for (let at = 0; at < tokens.length; at += 4) {
    const [name, equals, value, comma] = tokens.slice(at, at + 4);
    const isPair =
      name.kind === 'name' &&
      equals?.kind === '=' &&
      isValue(value) &&
      !values.has(name.text);
    const isLast = at + 3 === tokens.length;
    if (!isPair || (isLast ? comma : comma?.kind !== ','))
      throw new BadODataError(
        `The key (${text}) must be one literal, or pairs such as symbol='AAPL',day=2026-01-31`,
      );
    values.set(name.text, keyValue(value));
  }
  return values;
}

type ValueToken = Extract<Token, { kind: 'literal' | 'alias' }>;

function isValue(token: Token | undefined): token is ValueToken {
  return token?.kind === 'literal' || token?.kind === 'alias';
}

function keyValue(token: ValueToken): KeyValue {
  return token.kind === 'alias'
    ? { kind: 'alias', name: token.text }
    : { kind: 'literal', type: token.type, text: token.text };
}
