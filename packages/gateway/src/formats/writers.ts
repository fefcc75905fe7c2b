import type { MediaType } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { csvWriter } from './csv';
import { eventsWriter } from './events';
import { jsonWriter } from './json';
import { jsonLinesWriter } from './jsonLines';
import type { ResultWriter } from './ResultWriter';

/**
 * The writers of all formats. `resultFormats` of bailiwick-common describes their availability and their part of
 * OpenAPI.
 */
export const writers: Record<MediaType, ResultWriter> = {
  'application/json': jsonWriter,
  'application/x-ndjson': jsonLinesWriter,
  'text/csv': csvWriter,
  'text/event-stream': eventsWriter,
};
