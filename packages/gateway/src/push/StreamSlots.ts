import { TooManyStreamsError } from '../errors';

/** Maximum number of open streams. */
export interface StreamLimits {
  total: number;
  perGrant: number;
}

/** Counts the open streams of a gateway. */
export class StreamSlots {
  readonly #limits: StreamLimits;
  readonly #perGrant = new Map<string, number>();
  #total = 0;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  /** Number of open streams. */
  get used(): number {
    return this.#total;
  }

  /**
   * Counts a stream.
   *
   * @param grant - uid of the grant
   * @returns a function to call when it has ended
   * @throws TooManyStreamsError
   */
  take(grant: string): () => void {
    const { perGrant, total } = this.#limits;
    const used = this.#perGrant.get(grant) ?? 0;
    if (used >= perGrant)
      throw tooMany(`This token has ${perGrant} open streams`, perGrant);
    if (this.#total >= total)
      throw tooMany(`This gateway has ${total} open streams`, total);
    this.#perGrant.set(grant, used + 1);
    this.#total += 1;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#release(grant);
    };
  }

  #release(grant: string): void {
    const left = (this.#perGrant.get(grant) ?? 1) - 1;
    if (left > 0) this.#perGrant.set(grant, left);
    else this.#perGrant.delete(grant);
    this.#total -= 1;
  }
}

function tooMany(state: string, limit: number): TooManyStreamsError {
  return new TooManyStreamsError(
    `${state}, which is the limit; close one, or retry later`,
    { retryAfter: 10, fields: { limit } },
  );
}
