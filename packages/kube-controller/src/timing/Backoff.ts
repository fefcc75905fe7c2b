/** Shortest and longest delay of a back-off, milliseconds. */
interface BackoffLimits {
  first: number;
  most: number;
}

/** Returns the delay in milliseconds after some consecutive failures: doubled with each, up to the limit. */
export function backoffDelay(
  { first, most }: BackoffLimits,
  failures: number,
): number {
  return Math.min(first * 2 ** failures, most);
}

/** Delays that double from failure to failure, with up to 50 % jitter. */
export class Backoff {
  readonly #limits: BackoffLimits;
  #failures = 0;

  constructor(limits: BackoffLimits) {
    this.#limits = limits;
  }

  /** Returns the delay in milliseconds; longer at the next call. */
  next(): number {
    const delay = backoffDelay(this.#limits, this.#failures);
    this.#failures += 1;
    return this.spread(delay);
  }

  /** Returns between half of a delay and the delay, so that many clients do not return together. */
  spread(milliseconds: number): number {
    return milliseconds * (0.5 + Math.random() / 2);
  }

  /** Starts again with the shortest delay. */
  reset(): void {
    this.#failures = 0;
  }
}
