import { EventRelay } from './EventRelay';
import type { ResultWriter } from './ResultWriter';

/** Passes the server-sent events of a stream on for as long as its reader may read. */
export const eventsWriter: ResultWriter = {
  contentType: 'text/event-stream; charset=utf-8',
  headers: { 'x-accel-buffering': 'no' },
  mode: 'stream',
  write: ({ body }, { fn: _fn, ...reading }) =>
    new EventRelay({ body, ...reading }).events(),
};
