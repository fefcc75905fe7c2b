import { ConflictError } from '@backstage/errors';

/** Limits, and the messages of a refusal. */
export interface ConcurrencyLimits {
  /** Limit of each key, such as a user or a tenant. */
  perKey: number;
  total: number;
  perKeyMessage(key: string): string;
  totalMessage: string;
}

/** Limits concurrency by key and in total. Refuses excess work instead of queueing it. */
export class ConcurrencyLimiter {
  readonly #limits: ConcurrencyLimits;
  readonly #running = new Map<string, number>();
  #total = 0;

  constructor(limits: ConcurrencyLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a slot.
   *
   * @returns a function that releases the slot, once
   * @throws ConflictError when no slot is free
   */
  acquire(key: string): () => void {
    const { perKey, perKeyMessage, total, totalMessage } = this.#limits;
    const running = this.#running.get(key) ?? 0;
    if (running >= perKey) throw new ConflictError(perKeyMessage(key));
    if (this.#total >= total) throw new ConflictError(totalMessage);
    this.#running.set(key, running + 1);
    this.#total += 1;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#total -= 1;
      const left = (this.#running.get(key) ?? 1) - 1;
      if (left > 0) this.#running.set(key, left);
      else this.#running.delete(key);
    };
  }
}
