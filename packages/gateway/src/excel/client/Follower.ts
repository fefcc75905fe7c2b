import type { Cell } from './cells';
import { failureOf } from './request';
import { onTokens } from './tokens';

type Result = Cell | Cell[][] | CustomFunctions.Error;

/** Shows a result in all cells of a follower. */
export type Publish = (result: Result) => void;

/**
 * Reads once, and publishes what it reads.
 *
 * @returns whether to read again
 */
export type Read = (publish: Publish, signal: AbortSignal) => Promise<boolean>;

/** Seconds before the first and the last of several retries. */
const [firstRetry, lastRetry] = [2, 600];

/** Keeps the cells of equal formulas up to date, until the last one is deleted. */
export class Follower {
  readonly #cells = new Set<Publish>();
  readonly #interval: number;
  readonly #read: Read;
  readonly #stopped = new AbortController();
  readonly #forgetTokens: () => void;
  #failures = 0;
  #newest?: Result;
  #text?: string;
  #wake = () => {};

  /** @param interval - seconds between two reads without a failure */
  constructor(read: Read, interval: number) {
    this.#read = read;
    this.#interval = interval;
    this.#forgetTokens = onTokens(() => this.#wake());
  }

  /**
   * Adds a cell, which gets the newest result at once.
   *
   * @param onEnd - called when the last cell is deleted
   * @returns a function that removes it
   */
  follow(cell: Publish, onEnd: () => void): () => void {
    const isFirst = this.#cells.size === 0;
    this.#cells.add(cell);
    if (this.#newest !== undefined) cell(this.#newest);
    if (isFirst) this.#run();
    return () => {
      this.#cells.delete(cell);
      if (this.#cells.size > 0) return;
      this.#stopped.abort();
      this.#wake();
      this.#forgetTokens();
      onEnd();
    };
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    const publish: Publish = result => {
      this.#failures = 0;
      this.#show(result);
    };
    while (!signal.aborted) {
      let pause = this.#interval || firstRetry;
      try {
        if (!(await this.#read(publish, signal))) return;
      } catch (error) {
        if (signal.aborted) return;
        const { error: shown, retryAfter } = failureOf(error);
        this.#show(shown);
        pause = Math.max(retryAfter ?? 0, pause, this.#retryPause());
      }
      await this.#sleep(pause);
    }
  }

  /** Cells are set only when they change, because each time Excel calculates what depends on them. */
  #show(result: Result): void {
    const text = JSON.stringify(result);
    if (text === this.#text) return;
    this.#text = text;
    this.#newest = result;
    for (const cell of this.#cells) cell(result);
  }

  #retryPause(): number {
    this.#failures += 1;
    return Math.min(lastRetry, firstRetry * 2 ** (this.#failures - 1));
  }

  /** Waits; a new token ends it. */
  #sleep(seconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, seconds * 1_000);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopped.signal.aborted) this.#wake();
    });
  }
}
