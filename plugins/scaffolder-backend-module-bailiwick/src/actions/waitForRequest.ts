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
 * Waits until a request is decided and carried out, with a limit of some minutes; returns its state. Also waits while
 * the portal or the cluster is not responding, because the request continues to exist.
 *
 * @param find - finds the current request
 * @throws Error with the portal's message when it failed
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
          'Send a new request if the tenant is still needed'
        }`;
  throw new Error(`Request ${request.metadata.name} is ${phase}${why}`);
}

/** Whether the cause is temporary, such as a restarting portal. */
function isPassing(error: unknown): error is Error {
  // The error of fetch for an unreachable server (Fetch standard, section 5.6).
  if (error instanceof TypeError) return true;
  return error instanceof RequestFailedError && error.status >= 500;
}
