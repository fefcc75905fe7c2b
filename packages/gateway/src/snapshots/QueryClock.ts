/** Interrupts a query that has run too long in all. */
export class QueryClock {
  isOver = false;
  readonly #interrupt: () => void;
  #left: number;

  constructor(interrupt: () => void, timeout: number) {
    this.#interrupt = interrupt;
    this.#left = timeout;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const timer = setTimeout(() => {
      this.isOver = true;
      this.#interrupt();
    }, Math.max(0, this.#left));
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.#left -= performance.now() - started;
    }
  }
}
