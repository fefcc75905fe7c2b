import { isDeepStrictEqual } from 'node:util';

/** Reports of a target's controllers to the hub, by key. */
export class ReportStore<T> {
  readonly #reports = new Map<string, T>();
  readonly #onChange: (key: string) => void;

  /** @param onChange - called with the key of each report that differs from the previous one */
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
