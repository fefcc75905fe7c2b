import type {
  CallOptions,
  RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 1_000;

/**
 * Waits until a request is decided and carried out, but no longer than some minutes; gives it as it
 * is then.
 *
 * @param find - finds the request as it is now
 * @throws Error in the words of the portal when it came to nothing
 */
export async function untilDone(
  find: () => Promise<RequestView>,
  minutes: number,
  { signal }: Pick<CallOptions, 'signal'>,
): Promise<RequestView> {
  const end = Date.now() + minutes * 60_000;
  let request = await find();
  while (isUnderWay(request) && Date.now() < end) {
    await pause(pollMs, undefined, { signal });
    request = await find();
  }
  const { conditions = [], phase, verdict } = request.status ?? {};
  if (isUnderWay(request) || phase === 'Applied') return request;
  const hindrance = conditions.find(({ status }) => status === 'False');
  const why =
    verdict?.verdict === 'deny'
      ? ` by ${verdict.by}: ${verdict.reason}`
      : `. ${hindrance?.message ?? 'Ask again if it is still needed'}`;
  throw new Error(
    `The request ${request.metadata.name} came to nothing, it is ${phase}${why}`,
  );
}

function isUnderWay({ status }: RequestView): boolean {
  return ['Open', 'Approved'].includes(status?.phase ?? 'Open');
}
