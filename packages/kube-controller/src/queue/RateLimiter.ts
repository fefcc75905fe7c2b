import { ExpiringTimes } from './ExpiringTimes';

/** Limit on how often something may happen: `burst` times at once, then `perSecond`. @public */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Limits the rate of each name on its own (generic cell rate algorithm, ITU-T I.371). */
export class RateLimiter {
  readonly #interval: number;
  readonly #tolerance: number;
  /** Theoretical arrival time of each name. */
  readonly #arrivals = new ExpiringTimes();

  constructor({ perSecond, burst }: Rate) {
    this.#interval = 1000 / perSecond;
    this.#tolerance = burst * this.#interval;
  }

  /** Reserves a slot and returns the delay until it, in milliseconds. */
  reserve(name: string): number {
    const now = performance.now();
    const next = Math.max(now, this.#arrivals.get(name)) + this.#interval;
    // Bounded, so that a storm of failures does not delay later keys for hours; keys that keep failing
    // wait by their own back-off then.
    const arrival = Math.min(next, now + 2 * this.#tolerance);
    this.#arrivals.set(name, arrival);
    return Math.max(0, arrival - now - this.#tolerance);
  }
}
