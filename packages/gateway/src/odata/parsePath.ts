import { BadODataError } from './errors';
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

/** Values of a key: a single one, or by name. */
export type Key = Literal | Map<string, KeyValue>;

/**
 * Parses a path below the root of the service. Segments are separated before they are decoded, so that `%2F` belongs to
 * a key.
 *
 * @returns `undefined` when the path has no meaning
 * @throws BadODataError for a malformed key or encoding
 */
export function parsePath(path: string): Resource | undefined {
  const [first, ...rest] = path.split('/').filter(Boolean).map(decode);
  if (first === undefined) return { kind: 'service' };
  if (first === '$metadata')
    return rest.length === 0 ? { kind: 'metadata' } : undefined;
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
  const [only, ...others] = tokens;
  if (only.kind === 'literal' && others.length === 0) return literalOf(only);
  const values = new Map<string, KeyValue>();
  for (let at = 0; at < tokens.length; at += 4) {
    const [name, equals, value, comma] = tokens.slice(at, at + 4);
    const isPair =
      name.kind === 'name' &&
      equals?.kind === '=' &&
      (value?.kind === 'literal' || value?.kind === 'alias') &&
      !values.has(name.text);
    const isLast = at + 3 === tokens.length;
    if (!isPair || (isLast ? comma : comma?.kind !== ','))
      throw new BadODataError(
        `The key (${text}) must be one literal, or pairs such as symbol='AAPL',day=2026-01-31`,
      );
    values.set(
      name.text,
      value.kind === 'alias'
        ? { kind: 'alias', name: value.text }
        : literalOf(value),
    );
  }
  return values;
}

function literalOf({ text, type }: Token & { kind: 'literal' }): Literal {
  return { kind: 'literal', type, text };
}
