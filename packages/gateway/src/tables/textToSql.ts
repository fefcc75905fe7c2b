import type { EdmType } from './edm';

/** Returns the SQL of a value as a text without quotes (OData 4.0 ABNF, section 7); NULL for null. */
export function textToSql(sql: string, type: EdmType): string {
  switch (type) {
    case 'Edm.Double':
      return `CASE WHEN isnan(${sql}) THEN 'NaN' WHEN isinf(${sql}) THEN CASE WHEN ${sql} > 0 THEN 'INF' ELSE '-INF' END ELSE CAST(${sql} AS VARCHAR) END`;
    case 'Edm.Decimal':
      return `rtrim(rtrim(CAST(${sql} AS VARCHAR), '0'), '.')`;
    case 'Edm.DateTimeOffset':
      return `rtrim(rtrim(strftime(${sql}, '%Y-%m-%dT%H:%M:%S.%f'), '0'), '.') || 'Z'`;
    case 'Edm.Duration':
      return `CASE WHEN ${sql} < 0 THEN '-' ELSE '' END || 'PT' || rtrim(rtrim(CAST(CAST(abs(${sql}) AS DECIMAL(30, 6)) / 1000000 AS VARCHAR), '0'), '.') || 'S'`;
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
}
