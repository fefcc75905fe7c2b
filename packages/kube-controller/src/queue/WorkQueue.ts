/** How long a failing key waits, milliseconds. */
export interface RetryLimits {
  first: number;
  most: number;
}

/**
 * Keys waiting for work. A key waits at most once, however often it is added, and is never worked
 * on twice at a time: added while it is worked on, it comes again afterwards.
 */
export class WorkQueue {
  readonly #limits: RetryLimits;
  readonly #waiting = new Set<string>();
  readonly #active = new Set<string>();
  readonly #again = new Set<string>();
  readonly #timers = new Map<string, { due: number; timer: NodeJS.Timeout }>();
  readonly #failures = new Map<string, number>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  #closed = false;

  constructor(limits: RetryLimits = { first: 5, most: 60_000 }) {
    this.#limits = limits;
  }

  /** Keys that wait now, without those that wait for a time. */
  get depth(): number {
    return this.#waiting.size;
  }

  /** Adds a key; it comes at once, also when it was to come later. */
  add(key: string): void {
    if (this.#closed) return;
    this.#cancel(key);
    if (this.#active.has(key)) {
      this.#again.add(key);
      return;
    }
    this.#waiting.add(key);
    this.#serve();
  }

  /** Adds a key after some milliseconds; of several times the earliest counts. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#closed) return;
    const due = Date.now() + milliseconds;
    const planned = this.#timers.get(key);
    if (planned && planned.due <= due) return;
    this.#cancel(key);
    const timer = setTimeout(() => this.add(key), milliseconds);
    this.#timers.set(key, { due, timer });
  }

  /**
   * Adds a key that failed, each time after twice the time.
   *
   * @param atLeast - milliseconds that somebody else asked to wait
   */
  addFailed(key: string, atLeast = 0): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const wait = Math.min(
      this.#limits.first * 2 ** failures,
      this.#limits.most,
    );
    this.addAfter(key, Math.max(wait, atLeast));
  }

  /** Forgets the failures of a key. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** The next key, `undefined` once the queue is closed. Give it back with {@link WorkQueue.done}. */
  async take(): Promise<string | undefined> {
    if (this.#closed) return undefined;
    return new Promise(resolve => {
      this.#takers.push(resolve);
      this.#serve();
    });
  }

  /** Says that the work on a key is over. */
  done(key: string): void {
    this.#active.delete(key);
    if (this.#again.delete(key)) this.add(key);
  }

  /** Ends all waiting; keys that are worked on may still be given back. */
  close(): void {
    this.#closed = true;
    for (const key of [...this.#timers.keys()]) this.#cancel(key);
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #serve(): void {
    for (const key of this.#waiting) {
      const taker = this.#takers.shift();
      if (!taker) return;
      this.#waiting.delete(key);
      this.#active.add(key);
      taker(key);
    }
  }

  #cancel(key: string): void {
    clearTimeout(this.#timers.get(key)?.timer);
    this.#timers.delete(key);
  }
}
