import type { Table } from '../source/readTable';

/** Most values of a column that somebody chooses from. */
const most = 1000;

/**
 * Returns the distinct values of each column that has few enough to choose from: at most 1000, which repeat.
 *
 * @param codes - columns whose values need not repeat
 */
export function columnChoices(
  { columns, rows }: Table,
  codes: readonly string[] = [],
): Record<string, string[]> {
  return Object.fromEntries(
    columns
      .map((column, at) => [column, distinct(rows, at)] as const)
      .filter(
        ([column, values]) =>
          values.length <= most &&
          (values.length < rows.length / 2 || codes.includes(column)),
      ),
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
  if (keys.length > most || distinct(rows, value).length > most)
    return undefined;
  return Object.fromEntries(
    keys.map(key => [
      key,
      distinct(
        rows.filter(({ cells }) => cells[other] === key),
        value,
      ),
    ]),
  );
}

function distinct(rows: Table['rows'], at: number): string[] {
  const values = new Set(rows.map(({ cells }) => cells[at]));
  values.delete('');
  return [...values].sort();
}
