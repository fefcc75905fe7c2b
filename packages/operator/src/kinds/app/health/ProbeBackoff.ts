/** First and longest delay in milliseconds. */
const waits = { first: 5000, most: 300_000 };

interface Failures {
  /** Number of consecutive failures. */
  count: number;
  /** Time of the next attempt, milliseconds of `performance.now()`. */
  until: number;
}

/**
 * Exponential back-off of probes by name. A failed probe occupies a worker for seconds, so
 * unresponsive pods are probed less and less often.
 */
export class ProbeBackoff {
  readonly #failures = new Map<string, Failures>();

  /** Returns the milliseconds until the next attempt. */
  waitFor(name: string): number {
    const { until = 0 } = this.#failures.get(name) ?? {};
    return Math.max(0, until - performance.now());
  }

  /** Records a failure. */
  failed(name: string): void {
    const { count = 0 } = this.#failures.get(name) ?? {};
    const wait = Math.min(waits.first * 2 ** count, waits.most);
    this.#failures.set(name, {
      count: count + 1,
      until: performance.now() + wait,
    });
  }

  /** Ends the back-off, after a success or when the pod was deleted. */
  reset(name: string): void {
    this.#failures.delete(name);
  }
}
