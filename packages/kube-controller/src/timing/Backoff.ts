/** Waiting times that double from failure to failure, spread by up to a half. */
export class Backoff {
  readonly #first: number;
  readonly #most: number;
  #failures = 0;

  /** @param limits - shortest and longest wait, milliseconds */
  constructor({ first, most }: { first: number; most: number }) {
    this.#first = first;
    this.#most = most;
  }

  /** Milliseconds to wait now; longer at the next call. */
  next(): number {
    const wait = Math.min(this.#first * 2 ** this.#failures, this.#most);
    this.#failures += 1;
    return this.spread(wait);
  }

  /** Between half of a time and the time, so that many clients do not return together. */
  spread(milliseconds: number): number {
    return milliseconds * (0.5 + Math.random() / 2);
  }

  /** Starts again with the shortest wait. */
  reset(): void {
    this.#failures = 0;
  }
}
