/** A row of a table as the runtime answers it. */
export type Row = Record<string, unknown>;

/**
 * Writes a table as CSV by RFC 4180: a header line, CRLF after every line, quotes where needed.
 * An empty cell stands for null.
 */
export function toCsv(columns: string[], rows: Row[]): string {
  const lines = [
    columns.map(quoted),
    ...rows.map(row => columns.map(name => quoted(textOf(row[name])))),
  ];
  return lines.map(cells => `${cells.join(',')}\r\n`).join('');
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
