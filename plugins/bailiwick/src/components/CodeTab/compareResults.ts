import type {
  PreviewCell,
  PreviewView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

type Row = Record<string, PreviewCell>;

/** How the rows of a result differ from those of an earlier one. */
export interface RowDifferences {
  /** Earlier values of the cells that differ, for each row; `new` for a row that the earlier result lacks. */
  rows: (Record<string, PreviewCell> | 'new')[];
  /** Numbers of cells that differ, of new rows, and of rows that the newer result lacks. */
  changed: number;
  added: number;
  removed: number;
}

/**
 * Compares the rows that two results show: those with equal keys, or by position without a key.
 *
 * @param key - key columns of the function
 */
export function compareResults(
  now: PreviewView,
  before: PreviewView,
  key: readonly string[] = [],
): RowDifferences {
  const nameOf = (row: Row, position: number) =>
    JSON.stringify(
      key.length > 0 ? key.map(column => row[column] ?? null) : position,
    );
  const left = new Map(
    (before.rows ?? []).map((row, position) => [nameOf(row, position), row]),
  );
  const rows = (now.rows ?? []).map((row, position) => {
    const name = nameOf(row, position);
    const earlier = left.get(name);
    left.delete(name);
    return earlier ? differencesOf(row, earlier) : 'new';
  });
  return {
    rows,
    added: rows.filter(row => row === 'new').length,
    changed: rows.reduce(
      (sum, row) => sum + (row === 'new' ? 0 : Object.keys(row).length),
      0,
    ),
    removed: left.size,
  };
}

/** Returns the earlier values of the columns that differ. */
function differencesOf(now: Row, before: Row): Record<string, PreviewCell> {
  const columns = new Set([...Object.keys(now), ...Object.keys(before)]);
  return Object.fromEntries(
    [...columns].flatMap(column => {
      const earlier = before[column] ?? null;
      return (now[column] ?? null) === earlier ? [] : [[column, earlier]];
    }),
  );
}
