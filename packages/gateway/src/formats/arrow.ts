import { InvalidResultError } from '../errors';
import { passOn } from './passOn';
import type { ResultWriter } from './ResultWriter';

const mediaType = 'application/vnd.apache.arrow.stream';

/** Passes an Arrow IPC stream of the app on as it comes. */
export const arrowWriter: ResultWriter = {
  contentType: mediaType,
  accept: mediaType,
  mode: 'call',
  write: (answer, { fn, onRows }) => {
    if (answer.contentType !== mediaType) {
      answer.body.destroy();
      throw new InvalidResultError(
        `${fn.name} runs with an older runtime, which has no Arrow; publish the app again, or request .parquet`,
      );
    }
    return passOn(answer, onRows);
  },
};
