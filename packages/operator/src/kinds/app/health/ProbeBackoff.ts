/** Milliseconds until the first repetition, and at most until another one. */
const waits = { first: 5000, most: 300_000 };

interface Failures {
  /** Questions without an answer, one after the other. */
  count: number;
  /** When the next question may be asked, milliseconds on this process's clock. */
  until: number;
}

/**
 * Remembers who did not answer. Each question that comes to nothing takes a worker seconds, so that
 * whoever stays silent is asked less and less often.
 */
export class ProbeBackoff {
  readonly #failures = new Map<string, Failures>();

  /** Milliseconds until somebody may be asked again. */
  waitFor(name: string): number {
    const { until = 0 } = this.#failures.get(name) ?? {};
    return Math.max(0, until - performance.now());
  }

  /** Nothing came back. */
  failed(name: string): void {
    const { count = 0 } = this.#failures.get(name) ?? {};
    const wait = Math.min(waits.first * 2 ** count, waits.most);
    this.#failures.set(name, {
      count: count + 1,
      until: performance.now() + wait,
    });
  }

  /** An answer came, or nobody is there to be asked any more. */
  reset(name: string): void {
    this.#failures.delete(name);
  }
}
