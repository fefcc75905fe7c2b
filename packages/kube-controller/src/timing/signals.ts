/** Fulfilled when a signal aborts. */
export function onceAborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Runs work with a timeout. Rejects on time even if the work ignores its signal.
 *
 * @param milliseconds - timeout after which the work's signal aborts
 * @param stop - aborts the work earlier
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  stop.throwIfAborted();
  const limit = new AbortController();
  const abort = () => limit.abort(stop.reason);
  const timer = setTimeout(() => {
    const seconds = milliseconds / 1000;
    limit.abort(new Error(`Timed out after ${seconds} s`));
  }, milliseconds);
  stop.addEventListener('abort', abort);
  try {
    return await Promise.race([
      work(limit.signal),
      onceAborted(limit.signal).then(() => {
        throw limit.signal.reason;
      }),
    ]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', abort);
  }
}
