const FIRST_MS = 200;
const LAST_MS = 10_000;
/** Run time in milliseconds after which a component restarts without the accumulated back-off. */
const HEALTHY_MS = 60_000;

/** Doubles the delay between restarts of something that keeps ending. */
export class BackOff {
  #delay = FIRST_MS;

  /**
   * @param ranMs - how long it ran before it ended, in milliseconds
   * @returns how long to wait before the next start, in milliseconds
   */
  next(ranMs: number): number {
    const delay = ranMs >= HEALTHY_MS ? FIRST_MS : this.#delay;
    this.#delay = Math.min(delay * 2, LAST_MS);
    return delay;
  }
}
