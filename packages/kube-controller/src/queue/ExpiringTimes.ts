/** Entries from which on expired ones are dropped. */
const minSweepSize = 1000;

/** Points in time by name, in milliseconds of `performance.now()`; past ones are dropped now and then. */
export class ExpiringTimes {
  readonly #times = new Map<string, number>();
  #sweepSize = minSweepSize;

  /** Returns a time; 0 when there is none. */
  get(name: string): number {
    return this.#times.get(name) ?? 0;
  }

  set(name: string, time: number): void {
    this.#times.set(name, time);
    if (this.#times.size < this.#sweepSize) return;
    const now = performance.now();
    for (const [one, at] of this.#times) if (at <= now) this.#times.delete(one);
    this.#sweepSize = Math.max(minSweepSize, 2 * this.#times.size);
  }
}
