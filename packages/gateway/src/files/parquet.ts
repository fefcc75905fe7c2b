import { createReadStream } from 'node:fs';
import { maxScale, propertySql, textToSql, type Property } from '../tables';
import type { FileWriter } from './writer/FileWriter';
import { queryOne } from './writer/queryAll';

/**
 * Writes tables as Apache Parquet (https://parquet.apache.org/docs/file-format/). Durations and UUIDs are texts, as in
 * JSON, because readers do not agree on their types.
 */
export const parquetWriter: FileWriter = {
  async write(table) {
    const { properties, snapshot, onRows } = table;
    const [count] = await queryOne(table, 'SELECT count(*) FROM rows');
    onRows(Number(count));
    return createReadStream(await snapshot.parquet(selectAll(properties)));
  },
};

function selectAll(properties: readonly Property[]): string {
  const columns = propertySql(properties);
  const values = properties.map(property => {
    const { column = property.name, name } = property;
    return `${valueOf(columns.get(name)!.sql, property)} AS ${identifier(
      column,
    )}`;
  });
  return `SELECT ${values.join(', ')} FROM rows`;
}

function valueOf(sql: string, { scale = maxScale, type }: Property): string {
  switch (type) {
    case 'Edm.Decimal':
      return `CAST(${sql} AS DECIMAL(38, ${Math.min(scale, maxScale)}))`;
    case 'Edm.Duration':
    case 'Edm.Guid':
      return textToSql(sql, type);
    default:
      return sql;
  }
}

/** Returns a name as an identifier of SQL. */
function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
