import type { MediaType } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { csvWriter } from './csv';
import { eventsWriter } from './events';
import { jsonWriter } from './json';
import type { ResultWriter } from './ResultWriter';

/**
 * The writers of all formats. What is offered for which function, and how OpenAPI describes it, is in
 * `resultFormats` of bailiwick-common.
 */
export const writers: Record<MediaType, ResultWriter> = {
  'application/json': jsonWriter,
  'text/csv': csvWriter,
  'text/event-stream': eventsWriter,
};
