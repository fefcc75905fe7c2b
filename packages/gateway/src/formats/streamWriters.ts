import type { MediaType } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { arrowWriter } from './arrow';
import { csvWriter } from './csv';
import { jsonWriter } from './json';
import { jsonLinesWriter } from './jsonLines';
import type { ResultWriter } from './ResultWriter';

/**
 * Writers of the formats that are sent while a result arrives; `fileWriters` has the others. `resultFormats` of
 * bailiwick-common has a row for each format.
 */
export const streamWriters = {
  'application/json': jsonWriter,
  'application/x-ndjson': jsonLinesWriter,
  'text/csv': csvWriter,
  'application/vnd.apache.arrow.stream': arrowWriter,
} satisfies Partial<Record<MediaType, ResultWriter>>;
