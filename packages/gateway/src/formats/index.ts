import type { MediaType } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { csvWriter } from './csv';
import { eventsWriter } from './events';
import { jsonWriter } from './json';
import type { ResultWriter } from './ResultWriter';

export { chooseFormat } from './chooseFormat';
export { OpenStreams } from './OpenStreams';

/** The writers of all formats that the contract of a function can offer. */
export const writers: Record<MediaType, ResultWriter> = {
  'application/json': jsonWriter,
  'text/csv': csvWriter,
  'text/event-stream': eventsWriter,
};
