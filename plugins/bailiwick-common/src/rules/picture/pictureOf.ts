import type { ArchetypeSample } from '../pack/packTestResults';

/** A cell of a sample row. @public */
export type PictureCell = ArchetypeSample['rows'][number][string];

/** One line of a chart. @public */
export interface PictureSeries {
  /** Values of the key columns that the line is about; empty when there is one line. */
  name: string;
  /** Points from left to right; `y` is null where the result has no value. */
  points: { x: number; y: number | null }[];
}

/** A picture of a result, drawn from its rows. @public */
export type Picture =
  | {
      kind: 'chart';
      x: string;
      y: string;
      /** First and last value of the column `x`. */
      range: [PictureCell, PictureCell];
      series: PictureSeries[];
    }
  | { kind: 'table'; columns: string[]; rows: PictureCell[][] };

const time = /^\d{4}-\d{2}(-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?)?$/;
const mostColumns = 3;
const mostRows = 3;
const mostSeries = 3;
/** A line with fewer points is less informative than a table. */
const fewestPoints = 4;

/** Returns the position of a value on an axis; undefined for values without an order. */
function positionOf(value: PictureCell | undefined): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string' || !time.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

function isNumber(value: PictureCell | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/**
 * Returns a picture of sample rows: a chart if a key column has times or increasing numbers and another column has
 * numbers, otherwise a table of at most three rows and columns.
 *
 * @param key - key columns of the result, by its contract
 * @public
 */
export function pictureOf(
  rows: ArchetypeSample['rows'],
  key: readonly string[],
): Picture {
  return chartOf(rows, key) ?? tableOf(rows, key);
}

function tableOf(
  rows: ArchetypeSample['rows'],
  key: readonly string[],
): Picture {
  const all = [...new Set(rows.flatMap(row => Object.keys(row)))];
  const filled = all.filter(name => rows.some(row => (row[name] ?? '') !== ''));
  const columns = [
    ...filled.filter(name => key.includes(name)),
    ...filled.filter(name => !key.includes(name)),
  ].slice(0, mostColumns);
  return {
    kind: 'table',
    columns,
    rows: rows
      .slice(0, mostRows)
      .map(row => columns.map(name => row[name] ?? null)),
  };
}

function distinctIn(rows: ArchetypeSample['rows'], name: string): number {
  return new Set(rows.map(row => row[name] ?? null)).size;
}

/** Returns the rows of each line: those with the same values in all key columns except `x`. */
function groupsBy(
  rows: ArchetypeSample['rows'],
  key: readonly string[],
  x: string,
): Map<string, ArchetypeSample['rows']> {
  const others = key.filter(name => name !== x);
  const groups = new Map<string, ArchetypeSample['rows']>();
  for (const row of rows) {
    const group = others.map(name => row[name]).join(' · ');
    const known = groups.get(group);
    if (known) known.push(row);
    else groups.set(group, [row]);
  }
  return groups;
}

function isOrdered(
  groups: Map<string, ArchetypeSample['rows']>,
  x: string,
): boolean {
  return [...groups.values()].every(group =>
    group.every(
      (row, index) =>
        index === 0 || positionOf(group[index - 1][x])! < positionOf(row[x])!,
    ),
  );
}

/** Returns the first column of numbers that varies at least half as much as the one that varies most. */
function valueColumn(
  rows: ArchetypeSample['rows'],
  key: readonly string[],
): string | undefined {
  const varying = Object.keys(rows[0] ?? {}).flatMap(name => {
    const values = rows
      .map(row => row[name] ?? null)
      .filter(value => value !== null);
    const distinct = new Set(values).size;
    return !key.includes(name) &&
      values.length * 2 > rows.length &&
      values.every(isNumber) &&
      distinct > 1
      ? [{ name, distinct }]
      : [];
  });
  const most = Math.max(...varying.map(({ distinct }) => distinct));
  return varying.find(({ distinct }) => distinct * 2 >= most)?.name;
}

function chartOf(
  rows: ArchetypeSample['rows'],
  key: readonly string[],
): Picture | undefined {
  const x = key
    .filter(name => distinctIn(rows, name) > 1)
    .filter(name => rows.every(row => positionOf(row[name]) !== undefined))
    .find(name => isOrdered(groupsBy(rows, key, name), name));
  const y = valueColumn(rows, key);
  if (x === undefined || y === undefined) return undefined;
  const groups = groupsBy(rows, key, x);
  const series = [...groups]
    .filter(([, group]) => group.length >= fewestPoints)
    .slice(0, mostSeries)
    .map(([name, group]) => ({
      name,
      points: group.map(row => ({
        x: positionOf(row[x])!,
        y: isNumber(row[y]) ? row[y] : null,
      })),
    }));
  const drawn = [...groups.values()].filter(
    group => group.length >= fewestPoints,
  );
  // Lines about a minority of the rows would mislead.
  if (drawn.flat().length * 2 <= rows.length) return undefined;
  const shown = groups.get(series[0].name)!;
  return {
    kind: 'chart',
    x,
    y,
    range: [shown[0][x], shown[shown.length - 1][x]],
    series,
  };
}
