import { InputError } from '@backstage/errors';
import express, { type RequestHandler } from 'express';

/** Levels of objects and lists in a query; the portal's pages use fewer than ten. */
const maxLevels = 50;
/** Fields of a query, each of which is a condition or an operator. */
const maxConditions = 200;
/** Parameters `filter` of a request, each of which is a subquery. */
const maxFilters = 100;

/**
 * Rejects queries of the catalog that block the portal: the catalog needs 5 s for 2,000 levels, in bodies and in
 * cursors, and 2 s for 900 filters.
 */
export const boundCatalogQueries: RequestHandler[] = [
  express.json(),
  ({ body, query, url }, _res, next) => {
    const parts = [body, readCursor(query)];
    const filters = new URL(url, 'http://localhost').searchParams.getAll(
      'filter',
    );
    if (parts.some(one => isDeeper(one, maxLevels)))
      refuse(next, maxLevels, 'levels');
    else if (parts.some(one => countFields(queryOf(one)) > maxConditions))
      refuse(next, maxConditions, 'conditions');
    else if (filters.length > maxFilters)
      refuse(next, maxFilters, 'parameters "filter"');
    else next();
  },
];

function refuse(next: (error: Error) => void, max: number, what: string) {
  const message = `The query has more than ${max} ${what}; divide it into several queries`;
  next(new InputError(message));
}

/** Returns the content of a cursor, which holds its query; `undefined` when the cursor cannot be read. */
function readCursor({ cursor }: Record<string, unknown>): unknown {
  try {
    return JSON.parse(Buffer.from(String(cursor), 'base64').toString());
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  return (
    isObject(value) &&
    (levels === 0 ||
      Object.values(value).some(one => isDeeper(one, levels - 1)))
  );
}

/** Counts the fields of objects at all levels; a list of values is one condition. */
function countFields(value: unknown): number {
  if (!isObject(value)) return 0;
  const parts = Object.values(value);
  return parts.reduce(
    (sum: number, one) => sum + countFields(one),
    Array.isArray(value) ? 0 : parts.length,
  );
}

function queryOf(part: unknown): unknown {
  return isObject(part) && 'query' in part ? part.query : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
