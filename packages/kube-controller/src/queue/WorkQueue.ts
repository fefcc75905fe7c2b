import { backoffDelay } from '../timing';
import { FairQueue } from './FairQueue';
import { KeyRateLimiter } from './KeyRateLimiter';
import { RateLimiter, type Rate } from './RateLimiter';

/** Back-off of a failing key. @public */
export interface RetryLimits {
  /** First delay, milliseconds. */
  first: number;
  /** Longest delay, milliseconds. */
  most: number;
  /** Limit on the retries of all keys of one owner. */
  rate?: Rate;
}

/** Why a key is queued: an object changed, or all objects are reconciled again. @public */
export type Priority = 'change' | 'resync';

/** Observes the queue; for metrics. @public */
export interface QueueObserver {
  added?(depth: number): void;
  retried?(): void;
  /** @param seconds - how long the key waited */
  taken?(seconds: number, depth: number): void;
  /** @param seconds - how long the work took */
  done?(seconds: number): void;
}

/** Options of {@link WorkQueue}. @public */
export interface WorkQueueOptions {
  /** By default 5 ms to 1,000 s, and 10 retries per second and owner after a burst of 100. */
  retry?: RetryLimits;
  /** Returns the owner of a key; owners are served in turn. All keys have one owner when absent. */
  shardOf?: (key: string) => string;
  /** Maximum number of keys of one owner in progress; unlimited when absent. */
  perShard?: number;
  /** Rate limit of each key, shared by the keys of an owner that exceed it; unlimited when absent. */
  keyRate?: Rate;
  observer?: QueueObserver;
}

const defaultRetry: RetryLimits = {
  first: 5,
  most: 1_000_000,
  rate: { perSecond: 10, burst: 100 },
};

/** A key in progress. */
interface Work {
  /** When the work started, milliseconds of `performance.now()`. */
  start: number;
  priority: Priority;
  shard: string;
}

/** A key that is added later. */
interface ScheduledKey {
  /** Milliseconds of `performance.now()`, which is monotonic. */
  due: number;
  priority: Priority;
  timer: NodeJS.Timeout;
}

/** Every n-th key is a resync, even if changes wait. */
const resyncInterval = 10;
/** Longest timer of Node; a key that comes too early is only reconciled once more. */
const maxTimer = 2 ** 31 - 1;

/**
 * Work queue of keys. A key is queued at most once, however often it is added, and is never in progress
 * twice: when it is added while in progress, it is queued again afterwards. Changes come before resyncs,
 * and shards are served in turn.
 *
 * @public
 */
export class WorkQueue {
  readonly #retry: RetryLimits;
  readonly #retryLimiter: RateLimiter | undefined;
  readonly #shardOf: (key: string) => string;
  readonly #perShard: number;
  readonly #keyLimiter: KeyRateLimiter | undefined;
  readonly #observer: QueueObserver;
  readonly #queues: Record<Priority, FairQueue>;
  /** When each queued key was added, milliseconds. */
  readonly #since = new Map<string, number>();
  readonly #active = new Map<string, Work>();
  /** Number of keys in progress by shard. */
  readonly #activePerShard = new Map<string, number>();
  readonly #again = new Map<string, Priority>();
  readonly #scheduled = new Map<string, ScheduledKey>();
  readonly #failures = new Map<string, number>();
  /** Time before which a key must not be retried, milliseconds of `performance.now()`. */
  readonly #notBefore = new Map<string, number>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  #turns = 0;
  #closed = false;

  constructor(options: WorkQueueOptions = {}) {
    const { retry = defaultRetry, shardOf = () => '', observer = {} } = options;
    const { keyRate, perShard = Infinity } = options;
    this.#retry = retry;
    this.#shardOf = shardOf;
    this.#perShard = perShard;
    this.#retryLimiter = retry.rate && new RateLimiter(retry.rate);
    this.#keyLimiter = keyRate && new KeyRateLimiter(keyRate, shardOf);
    this.#observer = observer;
    this.#queues = {
      change: new FairQueue(shardOf),
      resync: new FairQueue(shardOf),
    };
  }

  /** Number of queued keys, without those that are added later. */
  get depth(): number {
    return this.#since.size;
  }

  /** Seconds that each key in progress has taken so far. */
  get unfinished(): number[] {
    const now = performance.now();
    return [...this.#active.values()].map(({ start }) => (now - start) / 1000);
  }

  /** Queues a key at once, even if it was to be added later, unless a retry delay or its rate limit holds it back. */
  add(key: string, priority: Priority = 'change'): void {
    if (this.#closed) return;
    const remaining = (this.#notBefore.get(key) ?? 0) - performance.now();
    if (remaining > 0) {
      this.addAfter(key, remaining, priority);
      return;
    }
    this.#notBefore.delete(key);
    if (this.#active.has(key)) {
      this.#cancel(key);
      if (this.#again.get(key) !== 'change') this.#again.set(key, priority);
      return;
    }
    if (this.#since.has(key)) {
      if (priority === 'change' && this.#queues.resync.delete(key))
        this.#queues.change.add(key);
      return;
    }
    const wait = this.#keyLimiter?.delayOf(key) ?? 0;
    if (wait > 0) {
      this.addAfter(key, wait, priority);
      return;
    }
    this.#cancel(key);
    this.#since.set(key, performance.now());
    this.#queues[priority].add(key);
    this.#observer.added?.(this.depth);
    this.#dispatch();
  }

  /** Adds a key after a delay in milliseconds; of several delays the earliest wins. */
  addAfter(
    key: string,
    milliseconds: number,
    priority: Priority = 'change',
  ): void {
    if (this.#closed) return;
    const due = performance.now() + milliseconds;
    const planned = this.#scheduled.get(key);
    if (planned && planned.due <= due) {
      if (priority === 'change') planned.priority = priority;
      return;
    }
    this.#cancel(key);
    const wait = Math.min(milliseconds, maxTimer);
    const timer = setTimeout(() => {
      const { priority: latest } = this.#scheduled.get(key) ?? { priority };
      this.#scheduled.delete(key);
      this.add(key, latest);
    }, wait);
    this.#scheduled.set(key, { due, priority, timer });
  }

  /**
   * Adds a failed key after its back-off.
   *
   * @param failure - `atLeast`: minimum delay in milliseconds that the server asked for; nothing queues the
   * key earlier. `isOwn`: the failure concerns this key alone, such as a conflict, and does not count against
   * the rate limit of its owner.
   */
  addFailed(
    key: string,
    { atLeast = 0, isOwn = false }: { atLeast?: number; isOwn?: boolean } = {},
  ): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    if (atLeast > 0) this.#notBefore.set(key, performance.now() + atLeast);
    const own = backoffDelay(this.#retry, failures);
    const owner = this.#shardOf(key);
    const turn = isOwn ? 0 : this.#retryLimiter?.reserve(owner) ?? 0;
    this.#observer.retried?.();
    const wait = Math.max(own, turn, atLeast);
    this.addAfter(key, wait, this.#active.get(key)?.priority);
  }

  /** Resets the back-off of a key. */
  forget(key: string): void {
    this.#failures.delete(key);
    this.#notBefore.delete(key);
  }

  /** Returns the next key, `undefined` once the queue is closed. Hand it back with {@link WorkQueue.done}. */
  async take(): Promise<string | undefined> {
    if (this.#closed) return undefined;
    return new Promise(resolve => {
      this.#takers.push(resolve);
      this.#dispatch();
    });
  }

  /** Ends the work on a key. */
  done(key: string): void {
    const work = this.#active.get(key);
    this.#active.delete(key);
    if (work) {
      this.#observer.done?.((performance.now() - work.start) / 1000);
      const rest = (this.#activePerShard.get(work.shard) ?? 1) - 1;
      if (rest > 0) this.#activePerShard.set(work.shard, rest);
      else this.#activePerShard.delete(work.shard);
    }
    const again = this.#again.get(key);
    this.#again.delete(key);
    if (again) this.add(key, again);
    this.#dispatch();
  }

  /** Closes the queue; keys in progress may still be handed back. */
  close(): void {
    this.#closed = true;
    for (const key of [...this.#scheduled.keys()]) this.#cancel(key);
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #dispatch(): void {
    while (this.#takers.length > 0) {
      const next = this.#next();
      if (!next) return;
      const { key, priority } = next;
      const shard = this.#shardOf(key);
      const now = performance.now();
      const waited = now - (this.#since.get(key) ?? now);
      this.#since.delete(key);
      this.#active.set(key, { start: now, priority, shard });
      this.#activePerShard.set(
        shard,
        (this.#activePerShard.get(shard) ?? 0) + 1,
      );
      this.#keyLimiter?.record(key);
      this.#observer.taken?.(waited / 1000, this.depth);
      this.#takers.shift()!(key);
    }
  }

  #next(): { key: string; priority: Priority } | undefined {
    this.#turns += 1;
    // Resyncs are preferred now and then, so that endless changes cannot starve them.
    const isTheirs = this.#turns % resyncInterval === 0;
    const order: Priority[] = isTheirs
      ? ['resync', 'change']
      : ['change', 'resync'];
    const isOpen = (shard: string) =>
      (this.#activePerShard.get(shard) ?? 0) < this.#perShard;
    for (const priority of order) {
      const key = this.#queues[priority].take(isOpen);
      if (key !== undefined) return { key, priority };
    }
    return undefined;
  }

  #cancel(key: string): void {
    clearTimeout(this.#scheduled.get(key)?.timer);
    this.#scheduled.delete(key);
  }
}
