import { isDeepStrictEqual } from 'node:util';

/** What the controllers of a target saw, by key, for those of the hub. */
export class Reports<T> {
  readonly #reports = new Map<string, T>();
  readonly #onChange: (key: string) => void;

  /** @param onChange - told of each report that differs from the last of its key */
  constructor(onChange: (key: string) => void) {
    this.#onChange = onChange;
  }

  get(key: string): T | undefined {
    return this.#reports.get(key);
  }

  set(key: string, report: T): void {
    if (isDeepStrictEqual(this.#reports.get(key), report)) return;
    this.#reports.set(key, report);
    this.#onChange(key);
  }

  delete(key: string): void {
    if (this.#reports.delete(key)) this.#onChange(key);
  }
}
