/** A task for several callers, which is aborted when none of them waits any longer. */
export class SharedTask<T> {
  readonly #stop = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;

  constructor(run: (signal: AbortSignal) => Promise<T>) {
    this.#result = run(this.#stop.signal);
    // Each caller gets the failure; it is not unhandled when all have gone.
    this.#result.catch(() => {});
  }

  /** Whether nobody has waited to the end, so that there will be no result. */
  get isAborted(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Waits for the result. @throws the reason of the caller's signal; the error of the task */
  async wait(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    this.#waiting += 1;
    let leave: (() => void) | undefined;
    const gone = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave);
    });
    try {
      return await Promise.race([this.#result, gone]);
    } finally {
      signal.removeEventListener('abort', leave!);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#stop.abort();
    }
  }
}
