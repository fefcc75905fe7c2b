import {
  RequestFailedError,
  type CallOptions,
  type RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import { isInProgress } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 1_000;

/**
 * Waits until a request is decided and carried out, but no longer than some minutes; gives it as it
 * is then. The request lives on while the portal or the cluster does not answer, so that is waited for, too.
 *
 * @param find - finds the request as it is now
 * @throws Error in the words of the portal when it came to nothing
 */
export async function waitForRequest(
  find: () => Promise<RequestView>,
  minutes: number,
  {
    logger,
    signal,
  }: Pick<CallOptions, 'signal'> & Pick<ActionContext<any>, 'logger'>,
): Promise<RequestView> {
  const end = Date.now() + minutes * 60_000;
  let request = await find();
  while (isInProgress(request) && Date.now() < end) {
    await pause(pollMs, undefined, { signal });
    try {
      request = await find();
    } catch (error) {
      if (!isPassing(error)) throw error;
      logger.warn(`Retrying: ${error.message}`);
    }
  }
  const { conditions = [], phase, verdict } = request.status ?? {};
  if (isInProgress(request) || phase === 'Applied') return request;
  const hindrance = conditions.find(({ status }) => status === 'False');
  const why =
    verdict?.verdict === 'deny'
      ? ` by ${verdict.by}: ${verdict.reason}`
      : `. ${
          hindrance?.message ??
          'Submit a new request if the tenant is still needed'
        }`;
  throw new Error(`Request ${request.metadata.name} is ${phase}${why}`);
}

/** Whether somebody else's trouble, such as a portal that starts anew, is the reason. */
function isPassing(error: unknown): error is Error {
  // What fetch throws when nobody answers (Fetch standard, section 5.6).
  if (error instanceof TypeError) return true;
  return error instanceof RequestFailedError && error.status >= 500;
}
