import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { stringifyExact } from '../json';
import { readTable } from './readTable';
import type { ResultWriter } from './ResultWriter';

/** Marks UTF-8 for spreadsheets, which otherwise read CSV in a code page of the user's language. */
const byteOrderMark = '\uFEFF';

/** Writes tables as CSV by RFC 4180, row by row. */
export const csvWriter: ResultWriter = {
  contentType: 'text/csv; charset=utf-8; header=present',
  isForSpreadsheets: true,
  mode: 'call',
  write: ({ body }, { fn, guardsFormulas, hasMark, onRows }) =>
    toCsv(body, fn, {
      head: hasMark ? byteOrderMark : '',
      onRows,
      writeText: guardsFormulas ? escapeFormula : undefined,
    }),
};

/**
 * Writes a table as CSV while it arrives: a header line, CRLF after every line, quotes where needed. An empty cell means
 * null.
 *
 * @param options - `head`: text before the header line; `writeText`: converts texts and the JSON of structures, but not
 * numbers and booleans
 * @throws InvalidResultError, AppUnreachableError as {@link readTable}
 */
export function toCsv(
  body: AsyncIterable<Uint8Array>,
  fn: Pick<ContractFunction, 'name' | 'result'>,
  {
    head = '',
    onRows,
    writeText = text => text,
  }: {
    head?: string;
    onRows?: (count: number) => void;
    writeText?: (text: string) => string;
  } = {},
): Promise<AsyncIterableIterator<string>> {
  const columns = (fn.result.columns ?? []).map(column => column.name);
  return readTable(body, fn, {
    head: head + lineOf(columns.map(writeText)),
    onRows,
    format: row =>
      lineOf(columns.map(column => textOf(row[column], writeText))),
  });
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
