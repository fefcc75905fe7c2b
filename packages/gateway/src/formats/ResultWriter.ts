import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { UpstreamAnswer, CallMode } from '../upstream';

/** Context of a response, for writers. */
export interface Reading {
  app: string;
  fn: ContractFunction;
  /** Whether texts that a spreadsheet would take for formulas are written so that it does not. */
  guardsFormulas: boolean;
  /** Whether a text begins with a byte order mark. */
  hasMark: boolean;
  /** Called with the number of rows of each part that is sent. */
  onRows(count: number): void;
}

/** Writes a result in one format. */
export interface ResultWriter {
  contentType: string;
  /** Further headers of the response. */
  headers?: Record<string, string>;
  /** Whether spreadsheets open it: it applies {@link Reading.guardsFormulas} and {@link Reading.hasMark}. */
  isForSpreadsheets?: boolean;
  /** Call mode for the app. */
  mode: CallMode;
  /** Media type that the app is asked for, if not JSON. */
  accept?: string;
  /**
   * Turns the answer of the app into the body of the response.
   *
   * @throws GatewayError when it cannot; after the body began, the connection breaks off
   */
  write(
    answer: UpstreamAnswer,
    reading: Reading,
  ):
    | AsyncIterable<Uint8Array | string>
    | Promise<AsyncIterable<Uint8Array | string>>;
}
