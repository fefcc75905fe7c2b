import { ExpiringTimes } from './ExpiringTimes';
import type { Rate } from './RateLimiter';

/** Maximum delay of a key in milliseconds, however many other keys of its owner are limited. */
const maxSharedDelay = 2000;

/**
 * Limits the rate of each key (generic cell rate algorithm, ITU-T I.371). Keys of one owner that exceed it
 * share one such rate: the more of them there are, the longer each is delayed, up to two seconds.
 */
export class KeyRateLimiter {
  readonly #interval: number;
  readonly #tolerance: number;
  readonly #shardOf: (key: string) => string;
  /** Theoretical arrival time of each key. */
  readonly #arrivals = new ExpiringTimes();
  /** The latest reserved slot of each owner. */
  readonly #lastSlots = new ExpiringTimes();
  /** Reserved slots that are not used yet, by key. */
  readonly #slots = new Map<string, number>();

  constructor(
    { perSecond, burst }: Rate,
    shardOf: (key: string) => string = () => '',
  ) {
    this.#interval = 1000 / perSecond;
    this.#tolerance = (burst - 1) * this.#interval;
    this.#shardOf = shardOf;
  }

  /** Returns the delay of a key in milliseconds, and reserves the slot after it until the key is taken. */
  delayOf(key: string): number {
    const now = performance.now();
    const reserved = this.#slots.get(key);
    if (reserved !== undefined) return Math.max(0, reserved - now);
    const own = this.#arrivals.get(key) - this.#tolerance;
    if (own <= now) return 0;
    const shard = this.#shardOf(key);
    const latest = Math.max(own, now + maxSharedDelay);
    const slot = Math.min(
      Math.max(own, this.#lastSlots.get(shard) + this.#interval),
      latest,
    );
    this.#lastSlots.set(shard, slot);
    this.#slots.set(key, slot);
    return slot - now;
  }

  /** Records that a key was taken. */
  record(key: string): void {
    const now = performance.now();
    // Waiting for a slot earns no burst.
    const start = this.#slots.delete(key) ? now + this.#tolerance : now;
    const arrival = Math.max(start, this.#arrivals.get(key));
    this.#arrivals.set(key, arrival + this.#interval);
  }
}
