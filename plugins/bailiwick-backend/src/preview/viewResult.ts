import { ConflictError } from '@backstage/errors';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PreviewView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { z } from 'zod';
import { chartOfRows } from './chartOfRows';

/** Rows of a preview. */
export const rowsShown = 5;
/** Characters of a text in a preview. */
const longestText = 200;

const table = z.object({
  rows: z.array(z.record(z.string(), z.unknown())),
  count: z.number().optional(),
});
const single = z.object({ value: z.unknown() });

/**
 * Returns the preview of an answer of the function runtime (`{"rows": […], "count": N}` or `{"value": …}`). Only columns
 * of the contract are kept.
 *
 * @param at - when the function was called
 * @param first - number of rows from the first one, instead of {@link rowsShown} with the most values
 * @throws ConflictError when the answer is no result
 */
export function viewResult(
  { name, result }: ContractFunction,
  answer: unknown,
  at: Date,
  first?: number,
): PreviewView {
  const isValue = result.kind === 'value';
  const { data } = (isValue ? single : table).safeParse(answer);
  if (!data)
    throw new ConflictError(`Function "${name}" returned no readable result`);
  const taken = at.toISOString();
  if ('value' in data) return { at: taken, value: short(data.value) };
  const { count, rows } = data as z.output<typeof table>;
  const columns = (result.columns ?? []).map(column => column.name);
  const cells = rows.map(row =>
    Object.fromEntries(columns.map(column => [column, short(row[column])])),
  );
  const chart = chartOfRows(cells, result.key ?? []);
  const from = first === undefined ? fullestRows(cells) : 0;
  return {
    at: taken,
    count: count ?? rows.length,
    first: from + 1,
    rows: cells.slice(from, from + (first ?? rowsShown)),
    ...(chart && { chart }),
  };
}

/**
 * Returns the index of the first of those successive rows that lack the fewest values: columns such as a moving average
 * are empty at the beginning.
 */
function fullestRows(rows: Record<string, unknown>[]): number {
  const lackingIn = (row: Record<string, unknown>) =>
    Object.values(row).filter(one => one === null).length;
  let lacking = rows
    .slice(0, rowsShown)
    .reduce((sum, row) => sum + lackingIn(row), 0);
  let [best, least] = [0, lacking];
  for (let end = rowsShown; least > 0 && end < rows.length; end++) {
    lacking += lackingIn(rows[end]) - lackingIn(rows[end - rowsShown]);
    if (lacking < least) [best, least] = [end - rowsShown + 1, lacking];
  }
  return best;
}

/** Returns a value as one cell shows it: numbers, true, false and null as they are, all else as text. */
function short(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
