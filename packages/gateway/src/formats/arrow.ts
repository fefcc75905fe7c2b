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
        `${fn.name} runs on an older runtime, which does not support Arrow; ask the owners of the app to redeploy it, or request .parquet`,
      );
    }
    return passOn(answer, onRows);
  },
};
