import type { Table } from '../source/readTable';

/** Maximum number of distinct values that a form offers of a column. */
export const mostChoices = 1000;

/** Returns the distinct values of each named column that has 1 to {@link mostChoices} of them. Empty cells are no value. */
export function columnChoices(
  table: Table,
  names: readonly string[],
): Record<string, string[]> {
  return Object.fromEntries(
    table.columns
      .filter(column => names.includes(column))
      .map(column => [column, distinctValues(table, column)] as const)
      .filter(([, { length }]) => length > 0 && length <= mostChoices),
  );
}

/**
 * Returns the distinct values of a column by the values of another one.
 *
 * @returns `undefined` when one of them is not there, or has more than 1000 values
 */
export function narrowedChoices(
  { columns, rows }: Table,
  column: string,
  by: string,
): Record<string, string[]> | undefined {
  const [value, other] = [column, by].map(name => columns.indexOf(name));
  if (value < 0 || other < 0) return undefined;
  const keys = distinct(rows, other);
  if (keys.length > mostChoices || distinct(rows, value).length > mostChoices)
    return undefined;
  const rowsOf = new Map(keys.map(key => [key, [] as Table['rows']]));
  for (const row of rows) rowsOf.get(row.cells[other])?.push(row);
  return Object.fromEntries(
    [...rowsOf].map(([key, found]) => [key, distinct(found, value)]),
  );
}

/** Returns the distinct values of a column, without empty cells; none of a column that is not there. */
export function distinctValues(
  { columns, rows }: Table,
  column: string,
): string[] {
  return distinct(rows, columns.indexOf(column));
}

function distinct(rows: Table['rows'], at: number): string[] {
  const values = new Set(rows.map(({ cells }) => cells[at] ?? ''));
  values.delete('');
  return [...values].sort();
}
