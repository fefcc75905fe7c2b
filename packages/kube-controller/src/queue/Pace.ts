import type { Rate } from './TokenBucket';

/** Keys that are remembered before those that are free again are forgotten. */
const sweepFrom = 1000;

/**
 * Lets each key come `burst` times at once, and then so many times a second (generic cell rate
 * algorithm, ITU-T I.371).
 */
export class Pace {
  readonly #interval: number;
  readonly #tolerance: number;
  /** When each key has made up for its turns, milliseconds on this process's clock. */
  readonly #free = new Map<string, number>();
  #sweepAt = sweepFrom;

  constructor({ perSecond, burst }: Rate) {
    this.#interval = 1000 / perSecond;
    this.#tolerance = (burst - 1) * this.#interval;
  }

  /** Milliseconds until a key may come. */
  waitOf(key: string): number {
    const free = this.#free.get(key) ?? 0;
    return Math.max(0, free - this.#tolerance - performance.now());
  }

  /** Says that a key came. */
  took(key: string): void {
    const now = performance.now();
    const free = Math.max(now, this.#free.get(key) ?? 0);
    this.#free.set(key, free + this.#interval);
    if (this.#free.size < this.#sweepAt) return;
    for (const [one, time] of this.#free)
      if (time <= now) this.#free.delete(one);
    this.#sweepAt = Math.max(sweepFrom, 2 * this.#free.size);
  }
}
