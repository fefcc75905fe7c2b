import { InvalidResultError } from '../errors';
import { parseExact, stringifyExact } from '../json';
import { splitArray } from './splitArray';

/** What a stream yields at a time: one row or, without a key, one row or a list. */
export interface Item {
  /** JSON. */
  text: string;
  rows: number;
  /** Cell to which the row belongs. */
  key?: string;
}

const notRows = 'The app sent an event that has no rows; contact its owners';

/**
 * Reads the data of an event of an app. A list of rows with a key is split into its rows.
 *
 * @param columns - columns of the key; empty if there is none
 * @throws InvalidResultError if the data is no row, no list of rows, or lacks a key
 */
export function itemsOf(data: string, columns: readonly string[]): Item[] {
  const value = parse(data);
  const rows = Array.isArray(value) ? value : [value];
  if (!rows.every(isObject)) throw new InvalidResultError(notRows);
  if (columns.length === 0) return [{ text: data, rows: rows.length }];
  const texts = Array.isArray(value) ? splitArray(data) : [data];
  return rows.map((row, index) => ({
    text: texts[index],
    rows: 1,
    key: keyOf(row, columns),
  }));
}

function parse(data: string): unknown {
  try {
    return parseExact(data);
  } catch (error) {
    throw new InvalidResultError(notRows, { cause: error });
  }
}

function isObject(row: unknown): row is Record<string, unknown> {
  return typeof row === 'object' && row !== null && !Array.isArray(row);
}

function keyOf(
  row: Record<string, unknown>,
  columns: readonly string[],
): string {
  const missing = columns.find(column => !Object.hasOwn(row, column));
  if (missing !== undefined) {
    throw new InvalidResultError(
      `The app sent a row without ${missing}, which is part of its key; contact its owners`,
    );
  }
  return stringifyExact(columns.map(column => row[column]));
}
