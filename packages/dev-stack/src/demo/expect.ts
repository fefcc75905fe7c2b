import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 200;

/** @throws Error with the expected and the actual value */
export function expectEqual(
  actual: unknown,
  expected: unknown,
  what: string,
): void {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(
      `${what} should be ${JSON.stringify(expected)}, but is ${JSON.stringify(
        actual,
      )}`,
    );
  }
}

/** @throws Error when two numbers differ by more than 1e-9 of their size; NaN is close to NaN only. */
export function expectClose(
  actual: number,
  expected: number,
  what: string,
): void {
  const allowed = 1e-9 * Math.max(1, Math.abs(expected));
  const isClose = Math.abs(actual - expected) <= allowed;
  if (!isClose && !Object.is(actual, expected)) {
    throw new Error(`${what} should be ${expected}, but is ${actual}`);
  }
}

/** @throws Error with the answer's own words when its status is another. */
export async function expectStatus(
  response: Response,
  status: number,
): Promise<Response> {
  if (response.status !== status) {
    throw new Error(
      `${response.url} should return ${status}, but returned ${
        response.status
      }: ${(await response.text()).slice(0, 500)}`,
    );
  }
  return response;
}

/**
 * Retries until there is a result.
 *
 * @throws Error with the last failure after `seconds`, or the signal's reason
 */
export async function eventually<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined>,
  signal?: AbortSignal,
): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  let last: unknown;
  while (Date.now() < end) {
    signal?.throwIfAborted();
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await pause(pollMs);
  }
  throw new Error(
    `${what} did not happen within ${seconds} s${
      last ? `: ${(last as Error).message}` : ''
    }`,
  );
}
