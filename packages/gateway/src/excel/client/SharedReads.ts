interface SharedRead<T> {
  controller: AbortController;
  result: Promise<T>;
  readers: number;
}

/** Reads that are under way, by key: equal formulas cause one request. */
export class SharedReads<T> {
  readonly #reads = new Map<string, SharedRead<T>>();

  /**
   * Returns the result of a read that is under way, or begins one. It is aborted when nobody waits for it any more.
   *
   * @returns the result, and a function for a reader who leaves
   */
  join(
    key: string,
    begin: (signal: AbortSignal) => Promise<T>,
  ): { result: Promise<T>; leave: () => void } {
    const read = this.#reads.get(key) ?? this.#begin(key, begin);
    read.readers += 1;
    return {
      result: read.result,
      leave: () => {
        read.readers -= 1;
        if (read.readers > 0) return;
        this.#forget(key, read);
        read.controller.abort();
      },
    };
  }

  #begin(
    key: string,
    begin: (signal: AbortSignal) => Promise<T>,
  ): SharedRead<T> {
    const controller = new AbortController();
    const result = begin(controller.signal);
    const read = { controller, result, readers: 0 };
    this.#reads.set(key, read);
    const forget = () => this.#forget(key, read);
    result.then(forget, forget);
    return read;
  }

  #forget(key: string, read: SharedRead<T>): void {
    if (this.#reads.get(key) === read) this.#reads.delete(key);
  }
}
