import type { MediaType } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { csvWriter } from './csv';
import { jsonWriter } from './json';
import { jsonLinesWriter } from './jsonLines';
import type { ResultWriter } from './ResultWriter';

/**
 * The writers of the formats that are sent while a result arrives. `resultFormats` of bailiwick-common describes their availability and their part of
 * OpenAPI.
 */
export const writers = {
  'application/json': jsonWriter,
  'application/x-ndjson': jsonLinesWriter,
  'text/csv': csvWriter,
} satisfies Partial<Record<MediaType, ResultWriter>>;
