import { TokenBucket, type Rate } from './TokenBucket';

/** Buckets that are kept before those that are full again are forgotten. */
const sweepFrom = 1000;

/** Hands out turns of retries: each owner's keys share a bucket, and wait for no other owner's. */
export class RetryTurns {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Takes a turn of an owner; gives the milliseconds to wait for it. */
  reserve(owner: string): number {
    let bucket = this.#buckets.get(owner);
    if (!bucket) {
      if (this.#buckets.size >= sweepFrom) this.#sweep();
      bucket = new TokenBucket(this.#rate);
      this.#buckets.set(owner, bucket);
    }
    return bucket.reserve();
  }

  #sweep(): void {
    for (const [owner, { isFull }] of this.#buckets)
      if (isFull) this.#buckets.delete(owner);
  }
}
