import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { AppUnreachableError, InvalidResultError } from '../errors';
import { parseExact, stringifyExact } from '../json';
import type { ResultWriter } from './ResultWriter';
import { NotATableError, readRows } from './readRows';

/** Writes tables as CSV by RFC 4180, row by row. */
export const csvWriter: ResultWriter = {
  contentType: 'text/csv; charset=utf-8; header=present',
  guardsFormulas: true,
  mode: 'call',
  async write({ body }, { fn, guardsFormulas }) {
    const lines = toCsv(
      body,
      fn,
      guardsFormulas ? escapeFormula : text => text,
    );
    // What is no table at all is refused before the response begins.
    const first = await lines.next();
    return (async function* rest() {
      if (!first.done) yield first.value;
      yield* lines;
    })();
  },
};

/**
 * Writes a table as CSV while it arrives: a header line, CRLF after every line, quotes where needed. An empty cell
 * means null.
 *
 * @param writeText - converts texts and the JSON of structures, but not numbers and booleans
 * @throws InvalidResultError when it is not a table
 * @throws AppUnreachableError when the connection breaks
 */
export async function* toCsv(
  body: AsyncIterable<Uint8Array>,
  { name, result }: Pick<ContractFunction, 'name' | 'result'>,
  writeText = (text: string) => text,
): AsyncGenerator<string> {
  const columns = (result.columns ?? []).map(column => column.name);
  let header = lineOf(columns.map(writeText));
  try {
    for await (const json of readRows(body)) {
      const rows = parseExact(json) as Record<string, unknown>[];
      const lines = rows.map(row =>
        lineOf(columns.map(column => textOf(row[column], writeText))),
      );
      yield header + lines.join('');
      header = '';
    }
  } catch (error) {
    if (error instanceof NotATableError || error instanceof SyntaxError)
      throw new InvalidResultError(
        `${name} returned something other than a table; contact the owners of the app`,
        { cause: error },
      );
    throw new AppUnreachableError(
      `The response of ${name} was interrupted; retry`,
      { retryAfter: 1, cause: error },
    );
  }
  if (header) yield header;
}

/**
 * Puts an apostrophe before a text that a spreadsheet would take for a formula, so that it is shown and not carried out
 * ([CSV injection](https://owasp.org/www-community/attacks/CSV_Injection), CWE-1236). Does the same within the text,
 * after a separator of spreadsheets or a line break: Excel splits by the list separator of the user's language, often a
 * semicolon, and recognizes quotes only at the beginning of its own cells.
 */
export function escapeFormula(text: string): string {
  const guarded = text
    .split(/([;\t\r\n])/)
    .map(part => (isFormula(part) ? `'${part}` : part))
    .join('');
  return /^[\t\r\n]/.test(text) ? `'${guarded}` : guarded;
}

function isFormula(text: string): boolean {
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return false; // a number
  if (/^-?\d+(\.\d+)? [A-Z]{3}$/.test(text)) return false; // an amount of money
  return /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/.test(text);
}

function textOf(value: unknown, writeText: (text: string) => string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return writeText(value);
  return typeof value === 'object'
    ? writeText(stringifyExact(value))
    : String(value);
}

function lineOf(cells: string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

/** Quotes by RFC 4180, and cells with a semicolon or tab, by which spreadsheets also split. */
function quoted(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
