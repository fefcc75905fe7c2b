import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { AppUnreachableError } from '../errors';
import { parseExact, stringifyExact } from '../json';
import type { ResultWriter } from './ResultWriter';
import { readRows } from './readRows';

/** Writes tables as CSV by RFC 4180, row by row. */
export const csvWriter: ResultWriter = {
  contentType: 'text/csv; charset=utf-8; header=present',
  way: 'call',
  async write({ body }, { fn }) {
    const lines = toCsv(body, fn);
    // What is no table at all is refused before the response begins.
    const first = await lines.next();
    return (async function* rest() {
      if (!first.done) yield first.value;
      yield* lines;
    })();
  },
};

/**
 * Writes a table as CSV while it arrives: a header line, CRLF after every line, quotes where needed.
 * An empty cell stands for null.
 *
 * @throws AppUnreachableError when it is no table, or breaks off
 */
export async function* toCsv(
  body: AsyncIterable<Uint8Array>,
  { name, result }: Pick<ContractFunction, 'name' | 'result'>,
): AsyncGenerator<string> {
  const columns = (result.columns ?? []).map(column => column.name);
  let header = lineOf(columns);
  try {
    for await (const json of readRows(body)) {
      const rows = parseExact(json) as Record<string, unknown>[];
      const lines = rows.map(row =>
        lineOf(columns.map(column => textOf(row[column]))),
      );
      yield header + lines.join('');
      header = '';
    }
  } catch (error) {
    throw new AppUnreachableError(
      `The answer of ${name} broke off; try again`,
      { retryAfter: 1, cause: error },
    );
  }
  if (header) yield header;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? stringifyExact(value) : String(value);
}

function lineOf(cells: string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
