import type { TableColumn } from '../snapshots';
import type { EdmType, Property } from './edm';

/** DuckDB's types of the columns of a snapshot. Durations are whole microseconds. */
export const sqlTypes: Record<EdmType, string> = {
  'Edm.Boolean': 'BOOLEAN',
  'Edm.Int32': 'INTEGER',
  'Edm.Int64': 'BIGINT',
  'Edm.Double': 'DOUBLE',
  'Edm.Decimal': 'DECIMAL(38, 12)',
  'Edm.String': 'VARCHAR',
  'Edm.Date': 'DATE',
  'Edm.DateTimeOffset': 'TIMESTAMPTZ',
  'Edm.TimeOfDay': 'TIME',
  'Edm.Duration': 'BIGINT',
  'Edm.Guid': 'UUID',
};

/** Types that are read from JSON as texts, so that no digit is lost. */
const texts: readonly EdmType[] = ['Edm.Decimal', 'Edm.Duration', 'Edm.Guid'];

/** Maximum number of decimals of a value. */
export const maxScale = 12;

/** Returns the columns of a snapshot of a table. */
export function tableColumns(properties: readonly Property[]): TableColumn[] {
  return properties.flatMap(property => {
    const { column, type } = property;
    if (column === undefined) return [];
    const convert = conversionOf(property);
    return {
      name: column,
      jsonType: jsonTypeOf(property),
      type: sqlTypes[type],
      ...(convert && { convert }),
    };
  });
}

function jsonTypeOf({ isJson, isRounded, type }: Property): string {
  if (isJson) return 'JSON';
  if (isRounded) return 'DOUBLE';
  return texts.includes(type) ? 'VARCHAR' : sqlTypes[type];
}

function conversionOf({
  isRounded,
  scale = maxScale,
  type,
}: Property): TableColumn['convert'] {
  if (type === 'Edm.Duration') return durationToSql;
  if (type !== 'Edm.Decimal') return undefined;
  const [digits, store] = [Math.min(scale, maxScale), sqlTypes[type]];
  if (isRounded) return sql => `CAST(round(${sql}, ${digits}) AS ${store})`;
  return sql =>
    `CASE WHEN length(rtrim(regexp_extract(${sql}, '[.]([0-9]+)', 1), '0')) > ${digits} OR contains(lower(${sql}), 'e-') THEN error(${sql} || ' has more than ${digits} decimals') ELSE CAST(${sql} AS ${store}) END`;
}

/**
 * Returns the SQL of each property by its name. Rows without a key of their own are numbered from 1, in the order of the
 * function.
 */
export function propertySql(
  properties: readonly Property[],
): ReadonlyMap<string, { sql: string; type: EdmType }> {
  const columns = properties.filter(({ column }) => column !== undefined);
  return new Map(
    properties.map(property => [
      property.name,
      {
        type: property.type,
        sql:
          property.column === undefined
            ? '(rowid + 1)'
            : `c${columns.indexOf(property)}`,
      },
    ]),
  );
}

/** Converts a duration of ISO 8601 in SQL to microseconds; a year has 365 days, as in pydantic. */
function durationToSql(sql: string): string {
  const [date, time] = [1, 2].map(part => `split_part(${sql}, 'T', ${part})`);
  const units = [
    [date, 'Y', 31_536_000],
    [date, 'W', 604_800],
    [date, 'D', 86_400],
    [time, 'H', 3_600],
    [time, 'M', 60],
    [time, 'S', 1],
  ] as const;
  const parts = units.map(
    ([text, unit, seconds]) =>
      `coalesce(TRY_CAST(regexp_extract(${text}, '([0-9.]+)${unit}', 1) AS DECIMAL(38, 6)), 0) * ${
        seconds * 1_000_000
      }`,
  );
  return `CASE WHEN ${sql} IS NULL THEN NULL ELSE CASE WHEN starts_with(${sql}, '-') THEN -1 ELSE 1 END * CAST(${parts.join(
    ' + ',
  )} AS BIGINT) END`;
}
