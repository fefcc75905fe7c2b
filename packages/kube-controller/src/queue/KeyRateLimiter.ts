import { Times } from './ExpiringTimes';
import type { Rate } from './TokenBucket';

/** Milliseconds that a key waits at most, however many others of its owner are restless. */
const longest = 2000;

/**
 * Lets each key come `burst` times at once, and then so many times a second (generic cell rate
 * algorithm, ITU-T I.371). Keys of one owner that come more often share one such rate: the more of
 * them are restless, the less often each comes, down to once in two seconds.
 */
export class Pace {
  readonly #interval: number;
  readonly #tolerance: number;
  readonly #shardOf: (key: string) => string;
  /** When each key has made up for its turns, milliseconds on this process's clock. */
  readonly #free = new Times();
  /** The latest turn that was promised to a restless key of each owner. */
  readonly #promised = new Times();
  /** The turns that were promised and not taken yet, by key. */
  readonly #turns = new Map<string, number>();

  constructor(
    { perSecond, burst }: Rate,
    shardOf: (key: string) => string = () => '',
  ) {
    this.#interval = 1000 / perSecond;
    this.#tolerance = (burst - 1) * this.#interval;
    this.#shardOf = shardOf;
  }

  /** Milliseconds until a key may come; a wait is a promise, and stays the same turn when asked again. */
  waitOf(key: string): number {
    const now = performance.now();
    const promised = this.#turns.get(key);
    if (promised !== undefined) return Math.max(0, promised - now);
    const own = this.#free.get(key) - this.#tolerance;
    if (own <= now) return 0;
    const shard = this.#shardOf(key);
    const latest = Math.max(own, now + longest);
    const turn = Math.min(
      Math.max(own, this.#promised.get(shard) + this.#interval),
      latest,
    );
    this.#promised.set(shard, turn);
    this.#turns.set(key, turn);
    return turn - now;
  }

  /** Says that a key came. */
  took(key: string): void {
    const now = performance.now();
    // Who waited for a turn has not earned new ones by waiting.
    const start = this.#turns.delete(key) ? now + this.#tolerance : now;
    const free = Math.max(start, this.#free.get(key));
    this.#free.set(key, free + this.#interval);
  }
}
