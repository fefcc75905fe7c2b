/** How often something may happen over all: `burst` times at once, then `perSecond`. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Hands out turns at a limited rate. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #at = performance.now();

  constructor(rate: Rate) {
    this.#rate = rate;
    this.#tokens = rate.burst;
  }

  /** Whether nobody took a turn for so long that it is as good as new. */
  get isFull(): boolean {
    const { perSecond, burst } = this.#rate;
    const earned = ((performance.now() - this.#at) / 1000) * perSecond;
    return this.#tokens + earned >= burst;
  }

  /** Takes a turn; gives the milliseconds to wait for it. */
  reserve(): number {
    const { perSecond, burst } = this.#rate;
    const now = performance.now();
    const earned = ((now - this.#at) / 1000) * perSecond;
    this.#at = now;
    // The debt has an end, so that a storm of failures does not delay others for hours after it; what
    // fails on and on waits by its own count then.
    const tokens = Math.min(burst, this.#tokens + earned) - 1;
    this.#tokens = Math.max(tokens, -burst);
    return this.#tokens >= 0 ? 0 : (-this.#tokens / perSecond) * 1000;
  }
}
