import { FairLine } from './FairQueue';
import { Pace } from './KeyRateLimiter';
import { RetryTurns } from './RetryTurns';
import type { Rate } from './TokenBucket';

/**
 * How long a failing key waits, milliseconds, twice as long each time; and how often the failing keys
 * of one owner may come, while their own waits are short.
 */
export interface RetryLimits {
  first: number;
  most: number;
  rate?: Rate;
}

/** What is waited for: the change of somebody, or a look at what was there already. */
export type Priority = 'change' | 'resync';

/** Told what happens to keys; for metrics. */
export interface QueueObserver {
  added?(depth: number): void;
  retried?(): void;
  /** @param seconds - how long the key waited */
  taken?(seconds: number, depth: number): void;
  /** @param seconds - how long the work took */
  done?(seconds: number): void;
}

/** Options of {@link WorkQueue}. */
export interface WorkQueueOptions {
  /** 5 ms to 1 000 s, 10 retries a second of one owner after its first 100, when absent. */
  retry?: RetryLimits;
  /** Whose key it is; owners take turns. All are one when absent. */
  shardOf?: (key: string) => string;
  /** Keys of one owner that are worked on at a time; all when absent. */
  perShard?: number;
  /** How often one key, or all restless keys of an owner, may come; as often as added when absent. */
  pace?: Rate;
  observer?: QueueObserver;
}

const usualRetry: RetryLimits = {
  first: 5,
  most: 1_000_000,
  rate: { perSecond: 10, burst: 100 },
};

/** A key that is worked on. */
interface Work {
  /** When the work began, milliseconds. */
  start: number;
  priority: Priority;
  shard: string;
}

/** A key that comes later. */
interface Appointment {
  /** Milliseconds on this process's clock, which nobody sets. */
  due: number;
  priority: Priority;
  timer: NodeJS.Timeout;
}

/** Every how many turns a resync comes before changes. */
const resyncTurn = 10;
/** Node cannot wait longer; a key that comes too early only looks once more. */
const longestTimer = 2 ** 31 - 1;

/**
 * Keys waiting for work. A key waits at most once, however often it is added, and is never worked
 * on twice at a time: added while it is worked on, it comes again afterwards. Changes come before
 * resyncs, and the keys of different shards take turns.
 */
export class WorkQueue {
  readonly #retry: RetryLimits;
  readonly #retryTurns: RetryTurns | undefined;
  readonly #shardOf: (key: string) => string;
  readonly #perShard: number;
  readonly #pace: Pace | undefined;
  readonly #observer: QueueObserver;
  readonly #lines: Record<Priority, FairLine>;
  /** When each waiting key was added, milliseconds. */
  readonly #since = new Map<string, number>();
  readonly #active = new Map<string, Work>();
  /** Keys in work by shard. */
  readonly #load = new Map<string, number>();
  readonly #again = new Map<string, Priority>();
  readonly #appointments = new Map<string, Appointment>();
  readonly #failures = new Map<string, number>();
  /** Until when somebody asked to leave a key alone, milliseconds on this process's clock. */
  readonly #notBefore = new Map<string, number>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  #turns = 0;
  #closed = false;

  constructor(options: WorkQueueOptions = {}) {
    const { retry = usualRetry, shardOf = () => '', observer = {} } = options;
    const { pace, perShard = Infinity } = options;
    this.#retry = retry;
    this.#shardOf = shardOf;
    this.#perShard = perShard;
    this.#retryTurns = retry.rate && new RetryTurns(retry.rate);
    this.#pace = pace && new Pace(pace, shardOf);
    this.#observer = observer;
    this.#lines = {
      change: new FairLine(shardOf),
      resync: new FairLine(shardOf),
    };
  }

  /** Keys that wait now, without those that wait for a time. */
  get depth(): number {
    return this.#since.size;
  }

  /** Seconds that the keys in work have been worked on so far. */
  get unfinished(): number[] {
    const now = performance.now();
    return [...this.#active.values()].map(({ start }) => (now - start) / 1000);
  }

  /**
   * Adds a key; it comes at once, also when it was to come later, unless a wait was asked for or it
   * comes too often.
   */
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
      if (priority === 'change' && this.#lines.resync.delete(key))
        this.#lines.change.add(key);
      return;
    }
    const wait = this.#pace?.waitOf(key) ?? 0;
    if (wait > 0) {
      this.addAfter(key, wait, priority);
      return;
    }
    this.#cancel(key);
    this.#since.set(key, performance.now());
    this.#lines[priority].add(key);
    this.#observer.added?.(this.depth);
    this.#serve();
  }

  /** Adds a key after some milliseconds; of several times the earliest counts. */
  addAfter(
    key: string,
    milliseconds: number,
    priority: Priority = 'change',
  ): void {
    if (this.#closed) return;
    const due = performance.now() + milliseconds;
    const planned = this.#appointments.get(key);
    if (planned && planned.due <= due) {
      if (priority === 'change') planned.priority = priority;
      return;
    }
    this.#cancel(key);
    const wait = Math.min(milliseconds, longestTimer);
    const timer = setTimeout(() => {
      const { priority: latest } = this.#appointments.get(key) ?? { priority };
      this.#appointments.delete(key);
      this.add(key, latest);
    }, wait);
    this.#appointments.set(key, { due, priority, timer });
  }

  /**
   * Adds a key that failed, each time after twice the time.
   *
   * @param failure - `atLeast`: milliseconds that somebody else asked to wait; nothing brings the key
   * earlier. `isOwn`: it is about this key alone, such as a conflict, and other keys that fail need not
   * wait for it.
   */
  addFailed(
    key: string,
    { atLeast = 0, isOwn = false }: { atLeast?: number; isOwn?: boolean } = {},
  ): void {
    const { first, most } = this.#retry;
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    if (atLeast > 0) this.#notBefore.set(key, performance.now() + atLeast);
    const own = Math.min(first * 2 ** failures, most);
    const owner = this.#shardOf(key);
    const turn = isOwn ? 0 : this.#retryTurns?.reserve(owner) ?? 0;
    this.#observer.retried?.();
    const wait = Math.max(own, turn, atLeast);
    this.addAfter(key, wait, this.#active.get(key)?.priority);
  }

  /** Forgets the failures of a key. */
  forget(key: string): void {
    this.#failures.delete(key);
    this.#notBefore.delete(key);
  }

  /** The next key, `undefined` once the queue is closed. Give it back with {@link WorkQueue.done}. */
  async take(): Promise<string | undefined> {
    if (this.#closed) return undefined;
    return new Promise(resolve => {
      this.#takers.push(resolve);
      this.#serve();
    });
  }

  /** Says that the work on a key is over. */
  done(key: string): void {
    const work = this.#active.get(key);
    this.#active.delete(key);
    if (work) {
      this.#observer.done?.((performance.now() - work.start) / 1000);
      const rest = (this.#load.get(work.shard) ?? 1) - 1;
      if (rest > 0) this.#load.set(work.shard, rest);
      else this.#load.delete(work.shard);
    }
    const again = this.#again.get(key);
    this.#again.delete(key);
    if (again) this.add(key, again);
    this.#serve();
  }

  /** Ends all waiting; keys that are worked on may still be given back. */
  close(): void {
    this.#closed = true;
    for (const key of [...this.#appointments.keys()]) this.#cancel(key);
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #serve(): void {
    while (this.#takers.length > 0) {
      const next = this.#next();
      if (!next) return;
      const { key, priority } = next;
      const shard = this.#shardOf(key);
      const now = performance.now();
      const waited = now - (this.#since.get(key) ?? now);
      this.#since.delete(key);
      this.#active.set(key, { start: now, priority, shard });
      this.#load.set(shard, (this.#load.get(shard) ?? 0) + 1);
      this.#pace?.took(key);
      this.#observer.taken?.(waited / 1000, this.depth);
      this.#takers.shift()!(key);
    }
  }

  #next(): { key: string; priority: Priority } | undefined {
    this.#turns += 1;
    // Some turns go to resyncs first, so that an endless row of changes cannot starve them.
    const isTheirs = this.#turns % resyncTurn === 0;
    const order: Priority[] = isTheirs
      ? ['resync', 'change']
      : ['change', 'resync'];
    const isOpen = (shard: string) =>
      (this.#load.get(shard) ?? 0) < this.#perShard;
    for (const priority of order) {
      const key = this.#lines[priority].take(isOpen);
      if (key !== undefined) return { key, priority };
    }
    return undefined;
  }

  #cancel(key: string): void {
    clearTimeout(this.#appointments.get(key)?.timer);
    this.#appointments.delete(key);
  }
}
