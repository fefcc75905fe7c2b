import { parse } from 'csv-parse/sync';

/** More than these nobody chooses from. */
const most = 1000;

/** Distinct values of each column of a CSV that has few enough to choose from. */
export function columnChoices(csv: string): Record<string, string[]> {
  const rows: Record<string, string>[] = parse(csv, {
    columns: true,
    skip_empty_lines: true,
    relax_column_count: true,
  });
  return Object.fromEntries(
    Object.keys(rows[0] ?? {})
      .map(
        column =>
          [column, [...new Set(rows.map(row => row[column]))].sort()] as const,
      )
      .filter(
        ([, values]) =>
          values.length <= most && values.length < rows.length / 2,
      ),
  );
}
