import { passOn } from './passOn';
import type { ResultWriter } from './ResultWriter';

/** Passes the JSON of the app on as it comes. */
export const jsonWriter: ResultWriter = {
  contentType: 'application/json; charset=utf-8',
  mode: 'call',
  write: (answer, { onRows }) => passOn(answer, onRows),
};
