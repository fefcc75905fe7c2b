import { setTimeout as pause } from 'node:timers/promises';

/** Least and greatest pause between attempts; in between, a tenth of the time so far. */
const pauseMs = { least: 50, greatest: 250 };

/**
 * Retries, less often the longer it takes, until the result is neither `undefined` nor `false`, and returns it.
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
  const began = Date.now();
  const end = began + seconds * 1_000;
  let cause: Error | undefined;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      cause = error as Error;
    }
    const wanted = Math.max((Date.now() - began) / 10, pauseMs.least);
    await pause(Math.min(wanted, pauseMs.greatest));
  }
  const last = cause ? `; last: ${cause.message}` : '';
  throw new Error(`${what} did not happen within ${seconds} s${last}`, {
    cause,
  });
}
