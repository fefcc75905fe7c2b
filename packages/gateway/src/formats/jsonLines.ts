import { stringifyExact } from '../json';
import type { ResultWriter } from './ResultWriter';
import { readTable } from './readTable';

/** Writes tables as JSON Lines (https://jsonlines.org), one object per row. */
export const jsonLinesWriter: ResultWriter = {
  contentType: 'application/x-ndjson; charset=utf-8',
  mode: 'call',
  write: ({ body }, { fn, onRows }) =>
    readTable(body, fn, {
      onRows,
      head: '',
      format: row => `${stringifyExact(row)}\n`,
    }),
};
