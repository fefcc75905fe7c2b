import { sheetLimits } from '../../excelSheet';
import { ResultTooLargeError } from '../../snapshots';
import { propertySql } from '../../tables';
import type { TableFile } from '../writer/FileWriter';
import { queryOne } from '../writer/queryAll';

/** Size of a table. */
export interface Size {
  rows: number;
  /** Maximum number of characters of each column. */
  lengths: number[];
}

/**
 * Returns the size of a table.
 *
 * @throws ResultTooLargeError when Excel cannot hold it
 */
export async function checkLimits(
  table: Pick<TableFile, 'fn' | 'gone' | 'properties' | 'snapshot'>,
): Promise<Size> {
  const { fn, properties } = table;
  const columns = propertySql(properties);
  const [count, ...longest] = await queryOne(
    table,
    `SELECT count(*), ${properties
      .map(
        ({ name }) =>
          `coalesce(max(length(CAST(${
            columns.get(name)!.sql
          } AS VARCHAR))), 0)`,
      )
      .join(', ')} FROM rows`,
  );
  const [rows, lengths] = [Number(count), longest.map(Number)];
  if (rows >= sheetLimits.rows || properties.length > sheetLimits.columns)
    throw new ResultTooLargeError(
      `${fn.name} has ${rows} rows and ${
        properties.length
      } columns. An Excel sheet can have at most ${sheetLimits.rows - 1} and ${
        sheetLimits.columns
      }; read CSV or Parquet, or filter with OData`,
    );
  const long = lengths.findIndex(length => length > sheetLimits.characters);
  if (long >= 0)
    throw new ResultTooLargeError(
      `The column ${properties[long].name} has a value with ${lengths[long]} characters. An Excel cell can hold at most ${sheetLimits.characters}; read CSV or Parquet`,
    );
  return { rows, lengths };
}
