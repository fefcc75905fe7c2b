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
 * Compares the rows that two results show: those with equal keys, or by position if there is no key, or if it is missing
 * or repeated. Columns that only the earlier result has are left out.
 *
 * @param key - key columns of the function
 */
export function compareResults(
  now: PreviewView,
  before: PreviewView,
  key: readonly string[] = [],
): RowDifferences {
  const [rows, earlier] = [now.rows ?? [], before.rows ?? []];
  const isKeyed = [rows, earlier].every(all => identifies(all, key));
  const nameOf = (row: Row, position: number) =>
    isKeyed ? keyOf(row, key) : String(position);
  const left = new Map(
    earlier.map((row, position) => [nameOf(row, position), row]),
  );
  const compared = rows.map((row, position) => {
    const name = nameOf(row, position);
    const other = left.get(name);
    left.delete(name);
    return other ? differencesOf(row, other) : 'new';
  });
  return {
    rows: compared,
    added: compared.filter(row => row === 'new').length,
    changed: compared.reduce(
      (sum, row) => sum + (row === 'new' ? 0 : Object.keys(row).length),
      0,
    ),
    removed: left.size,
  };
}

/** Whether the key columns are there and tell all rows apart. */
function identifies(rows: Row[], key: readonly string[]): boolean {
  const names = new Set(rows.map(row => keyOf(row, key)));
  const isThere = rows.every(row => key.every(column => column in row));
  return key.length > 0 && isThere && names.size === rows.length;
}

function keyOf(row: Row, key: readonly string[]): string {
  return JSON.stringify(key.map(column => row[column] ?? null));
}

/** Returns the earlier values of the columns that differ. */
function differencesOf(now: Row, before: Row): Record<string, PreviewCell> {
  return Object.fromEntries(
    Object.entries(now).flatMap(([column, value]) => {
      const earlier = before[column] ?? null;
      return value === earlier ? [] : [[column, earlier]];
    }),
  );
}
