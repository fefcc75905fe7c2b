import type { TableFile } from './FileWriter';

/** Milliseconds that a query of all rows may run. */
const timeout = 300_000;

/** Reads the rows of a query of the table. */
export function queryAll(
  { gone, snapshot }: Pick<TableFile, 'gone' | 'snapshot'>,
  sql: string,
): AsyncGenerator<unknown[][]> {
  return snapshot.read(sql, [], { signal: gone, timeout });
}

/** Returns the only row of a query. */
export async function queryOne(
  table: Pick<TableFile, 'gone' | 'snapshot'>,
  sql: string,
): Promise<unknown[]> {
  for await (const [row] of queryAll(table, sql)) if (row) return row;
  return [];
}
