/** Entries that are remembered before those that are over are forgotten. */
const sweepFrom = 1000;

/** Points of time by name; those that have passed are forgotten now and then. */
export class Times {
  readonly #times = new Map<string, number>();
  #sweepAt = sweepFrom;

  get(name: string): number {
    return this.#times.get(name) ?? 0;
  }

  set(name: string, time: number): void {
    this.#times.set(name, time);
    if (this.#times.size < this.#sweepAt) return;
    const now = performance.now();
    for (const [one, over] of this.#times)
      if (over <= now) this.#times.delete(one);
    this.#sweepAt = Math.max(sweepFrom, 2 * this.#times.size);
  }
}
