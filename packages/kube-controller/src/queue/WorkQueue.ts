import { FairLine } from './FairLine';
import { Pace } from './Pace';
import { TokenBucket, type Rate } from './TokenBucket';

/** How long a failing key waits, milliseconds, and how often failing keys may come over all. */
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
  /** 5 ms to 1 000 s, 10 retries a second after the first 100, when absent. */
  retry?: RetryLimits;
  /** Whose key it is; owners take turns. All are one when absent. */
  shardOf?: (key: string) => string;
  /** How often one key, or all restless keys of an owner, may come; as often as added when absent. */
  pace?: Rate;
  observer?: QueueObserver;
}

const usualRetry: RetryLimits = {
  first: 5,
  most: 1_000_000,
  rate: { perSecond: 10, burst: 100 },
};

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
  readonly #bucket: TokenBucket | undefined;
  readonly #pace: Pace | undefined;
  readonly #observer: QueueObserver;
  readonly #lines: Record<Priority, FairLine>;
  /** When each waiting key was added, milliseconds. */
  readonly #since = new Map<string, number>();
  /** When the work on each key began, milliseconds. */
  readonly #active = new Map<string, number>();
  readonly #again = new Map<string, Priority>();
  readonly #timers = new Map<string, { due: number; timer: NodeJS.Timeout }>();
  readonly #failures = new Map<string, number>();
  /** Until when somebody asked to leave a key alone, milliseconds since 1970. */
  readonly #notBefore = new Map<string, number>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  #turns = 0;
  #closed = false;

  constructor(options: WorkQueueOptions = {}) {
    const { retry = usualRetry, shardOf = () => '', observer = {} } = options;
    const { pace } = options;
    this.#retry = retry;
    this.#bucket = retry.rate && new TokenBucket(retry.rate);
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
    return [...this.#active.values()].map(start => (now - start) / 1000);
  }

  /**
   * Adds a key; it comes at once, also when it was to come later, unless a wait was asked for or it
   * comes too often.
   */
  add(key: string, priority: Priority = 'change'): void {
    if (this.#closed) return;
    const remaining = (this.#notBefore.get(key) ?? 0) - Date.now();
    if (remaining > 0) {
      this.addAfter(key, remaining);
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
      this.addAfter(key, wait);
      return;
    }
    this.#cancel(key);
    this.#since.set(key, performance.now());
    this.#lines[priority].add(key);
    this.#observer.added?.(this.depth);
    this.#serve();
  }

  /** Adds a key after some milliseconds; of several times the earliest counts. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#closed) return;
    const due = Date.now() + milliseconds;
    const planned = this.#timers.get(key);
    if (planned && planned.due <= due) return;
    this.#cancel(key);
    const wait = Math.min(milliseconds, longestTimer);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.add(key);
    }, wait);
    this.#timers.set(key, { due, timer });
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
    if (atLeast > 0) this.#notBefore.set(key, Date.now() + atLeast);
    const own = Math.min(first * 2 ** failures, most);
    const turn = isOwn ? 0 : this.#bucket?.reserve() ?? 0;
    this.#observer.retried?.();
    this.addAfter(key, Math.max(own, turn, atLeast));
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
    const start = this.#active.get(key);
    this.#active.delete(key);
    if (start !== undefined)
      this.#observer.done?.((performance.now() - start) / 1000);
    const again = this.#again.get(key);
    this.#again.delete(key);
    if (again) this.add(key, again);
  }

  /** Ends all waiting; keys that are worked on may still be given back. */
  close(): void {
    this.#closed = true;
    for (const key of [...this.#timers.keys()]) this.#cancel(key);
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #serve(): void {
    while (this.#takers.length > 0) {
      const key = this.#next();
      if (key === undefined) return;
      const now = performance.now();
      const waited = now - (this.#since.get(key) ?? now);
      this.#since.delete(key);
      this.#active.set(key, now);
      this.#pace?.took(key);
      this.#observer.taken?.(waited / 1000, this.depth);
      this.#takers.shift()!(key);
    }
  }

  #next(): string | undefined {
    const { change, resync } = this.#lines;
    this.#turns += 1;
    // Some turns go to resyncs first, so that an endless row of changes cannot starve them.
    const isTheirs = this.#turns % resyncTurn === 0;
    return isTheirs
      ? resync.take() ?? change.take()
      : change.take() ?? resync.take();
  }

  #cancel(key: string): void {
    clearTimeout(this.#timers.get(key)?.timer);
    this.#timers.delete(key);
  }
}
