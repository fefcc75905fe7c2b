import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../problem/Problem';

/** A data set as text: its header, and its rows with the line of the file on which each begins. */
export interface Table {
  columns: string[];
  rows: { line: number; cells: string[] }[];
}

/** Separators that spreadsheets write instead of commas, with their names. */
const otherSeparators: Record<string, string> = {
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/** Reads a CSV with a header, or returns why the file is none. */
export function readTable(
  file: string,
  text: string,
): Table | { problem: Problem } {
  const faulty = (line: number, what: string, remedy: string) => ({
    problem: { file, line, what, remedy },
  });
  // Files are decoded without their byte order mark, which would become part of the name of the first column.
  if (text.startsWith('\ufeff'))
    return faulty(
      1,
      'The file begins with two byte order marks (BOM)',
      'Save it again as UTF-8 without BOM',
    );
  try {
    const records = parse(text, {
      info: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const [header, ...rest] = records;
    const columns = header?.record ?? [];
    const separator = Object.keys(otherSeparators).find(one =>
      columns[0]?.includes(one),
    );
    if (columns.length === 1 && separator)
      return faulty(
        1,
        `Its columns are separated by ${otherSeparators[separator]}, not by commas`,
        'Save it as CSV with commas, decimal points and UTF-8',
      );
    const twice = columns.find((name, at) => columns.indexOf(name) < at);
    if (twice !== undefined)
      return faulty(
        1,
        `The table has two columns "${twice}"`,
        'Rename one of them',
      );
    if (rest.length === 0)
      return faulty(1, 'The table has no rows', 'Add a header and some rows');
    const rows = rest.map(({ info, record }) => ({
      line: info.lines - record.join('').split('\n').length + 1,
      cells: record,
    }));
    return { columns, rows };
  } catch (error) {
    const { code, lines = 1, message } = error as CsvError & { lines?: number };
    return faulty(
      code === 'CSV_QUOTE_NOT_CLOSED' ? lineOfOpenQuote(text) : lines,
      `Invalid CSV: ${message
        .split('\n')[0]
        .replace(/ (on|at) line \d+$/, '')}`,
      'Give each row as many fields as the header, and double the quotes in quoted fields',
    );
  }
}

/** Returns the line of the quote that does not end; the parser only knows the line where the file ends. */
function lineOfOpenQuote(text: string): number {
  let openedAt: number | undefined;
  for (const [index, line] of text.split('\n').entries())
    if ((line.split('"').length - 1) % 2 === 1)
      openedAt = openedAt === undefined ? index + 1 : undefined;
  return openedAt ?? 1;
}
