import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { OpenSnapshot } from '../../snapshots';
import type { Property } from '../../tables';

/** A complete table, and where it is from. */
export interface TableFile {
  fn: ContractFunction;
  /** Columns of the table. */
  properties: readonly Property[];
  snapshot: OpenSnapshot;
  gone: AbortSignal;
  /** Where the rows are from, as labels and values. */
  origin: readonly [label: string, value: string][];
  /** Called with the number of rows, once it is known. */
  onRows(count: number): void;
}

/** Writes tables as files of one format. */
export interface FileWriter {
  /**
   * Returns the content of the file.
   *
   * @throws GatewayError when the format cannot hold the table
   */
  write(table: TableFile): Promise<AsyncIterable<Uint8Array | string>>;
}
