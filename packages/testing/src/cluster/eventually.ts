import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 50;

/**
 * Retries until the result is neither `undefined` nor `false`, and returns it.
 *
 * @param what - expected event, for the message
 * @param ask - the attempt; a failure counts as "not yet"
 * @param seconds - time limit
 * @throws Error with the expected event, and the last failure as its cause
 */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  seconds = 40,
): Promise<NonNullable<T>> {
  const end = Date.now() + seconds * 1_000;
  let cause: Error | undefined;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      cause = error as Error;
    }
    await pause(pollMs);
  }
  const last = cause ? `; last: ${cause.message}` : '';
  throw new Error(`${what} did not happen within ${seconds} s${last}`, {
    cause,
  });
}
