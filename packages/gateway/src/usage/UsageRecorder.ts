import type { Logger } from '@bailiwick/backstage-kube-controller';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  addTallies,
  emptyTally,
  tallyCall,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Status = NonNullable<Grant['status']>;

/** Calls of a grant that its status does not show yet. */
export interface Usage {
  grant: Grant;
  calls: number;
  /** Rows that streams have sent. */
  rows: number;
  /** Absent if no call succeeded. */
  lastUsed?: Date;
  lastFailure?: Failure;
  lastRead?: Read;
  canary?: CanaryCalls;
}

/** Calls since a canary started. */
export type CanaryCalls = NonNullable<Status['canary']>;

/** A call of an app that has a canary. */
export interface CanaryCall {
  /** Start of the canary (RFC 3339). */
  startedAt: string;
  /** Whether the canary got the call, and not the deployed release. */
  isCanary: boolean;
  failed: boolean;
  /** Time until the app responded. */
  milliseconds: number;
}

/** A request with a valid token that was refused. */
export type Failure = NonNullable<Status['lastFailure']>;

/** A request with a valid token that was answered. */
export type Read = NonNullable<Status['lastRead']>;

/** Milliseconds until a request for a pod that met another change is repeated. */
const conflictDelay = 100;

/**
 * Writes usage into the status of a grant.
 *
 * @returns `kept` if the status was changed meanwhile and the write must be retried
 */
export type WriteUsage = (usage: Usage) => Promise<'written' | 'kept'>;

/** Returns the day of a time (UTC), as in the status of grants. */
export function dateOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Options of {@link UsageRecorder}. */
interface UsageRecorderOptions {
  write: WriteUsage;
  log: Logger;
  /** Milliseconds between two writes for the same grant; 10 000 when absent. */
  interval?: number;
  /** Milliseconds until news about a grant are written; 1 000 when absent. */
  delay?: number;
}

/** How the requests of a grant ended lately. */
interface Outcome {
  /** Whether the last one failed. */
  isFailure: boolean;
  /** Number of times that the grant had news in this interval. */
  news: number;
}

/** Maximum news of a grant in an interval, so that one whose requests fail now and then is not written all the time. */
const maxNews = 3;

/**
 * Collects who called how often and writes it now and then, so that reading stays cheap. News, such as the first use of
 * a token, a failure after a success and the reverse, are written soon, because someone may wait for them.
 */
export class UsageRecorder {
  readonly #write: WriteUsage;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  readonly #delay: number;
  #pending = new Map<string, Usage>();
  /** Only of grants that were used in this interval or the one before. */
  #outcomes = new Map<string, Outcome>();
  /** Grants with news. */
  #news = new Set<string>();
  #soon?: NodeJS.Timeout;
  #flushing: Promise<void> = Promise.resolve();

  constructor({
    write,
    log,
    interval = 10_000,
    delay = 1_000,
  }: UsageRecorderOptions) {
    this.#write = write;
    this.#log = log;
    this.#delay = delay;
    this.#timer = setInterval(() => this.#nextInterval(), interval).unref();
  }

  /** Counts one call. */
  record(grant: Grant, now: Date = new Date()): void {
    this.#add({ grant, calls: 1, rows: 0, lastUsed: now });
  }

  /** Remembers that a stream is being read, which keeps the pods of an app that can be scaled to zero. */
  recordInUse(grant: Grant, now: Date = new Date()): void {
    this.#add({ grant, calls: 0, rows: 0, lastUsed: now });
  }

  /** Writes at once that a call needs a pod, so that the operator starts one. */
  requestPod(grant: Grant, now: Date = new Date(), attempts = 3): void {
    const use = { grant, calls: 0, rows: 0, lastUsed: now };
    this.#write(use)
      .catch(() => 'kept' as const)
      .then(result => {
        if (result === 'written') return;
        // The grant has just been changed, for example by the count of an earlier call.
        if (attempts > 1)
          setTimeout(
            () => this.requestPod(grant, now, attempts - 1),
            conflictDelay,
          ).unref();
        else this.recordInUse(grant, now);
      });
  }

  /** Counts the rows of a stream that was counted as a call when it began. */
  recordRows(grant: Grant, rows: number, now: Date = new Date()): void {
    this.#add({ grant, calls: 0, rows, lastUsed: now });
  }

  /** Counts a call of an app that has a canary, by release. */
  recordCanary(
    grant: Grant,
    { isCanary, startedAt, ...call }: CanaryCall,
  ): void {
    const one = tallyCall(emptyTally, call);
    const canary = {
      startedAt,
      canary: isCanary ? one : emptyTally,
      stable: isCanary ? emptyTally : one,
    };
    this.#add({ grant, calls: 0, rows: 0, canary });
  }

  /** Remembers a request that was answered; only the last one is kept, preferably one for a function. */
  recordRead(grant: Grant, lastRead: Read): void {
    this.#add({ grant, calls: 0, rows: 0, lastRead });
    this.#notice(grant, false);
  }

  /** Remembers a request that was refused; only the last one is kept. */
  recordFailure(grant: Grant, lastFailure: Failure): void {
    this.#add({ grant, calls: 0, rows: 0, lastFailure });
    this.#notice(grant, true);
  }

  /** Returns the number of a grant's calls on a day (UTC): those in its status and those not yet written. */
  callsOn({ metadata, status }: Grant, day: Date): number {
    const date = dateOf(day);
    const pending = this.#pending.get(metadata.uid ?? '');
    return (
      (status?.today?.date === date ? status.today.calls : 0) +
      (pending?.lastUsed && dateOf(pending.lastUsed) === date
        ? pending.calls
        : 0)
    );
  }

  /** Writes everything collected; never rejects. Failed writes are kept for the next time. */
  flush(): Promise<void> {
    this.#news.clear();
    return this.#enqueue(() => true);
  }

  /** Writes the rest and ends. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    await this.flush();
  }

  #nextInterval(): void {
    const used = [...this.#outcomes].filter(([uid]) => this.#pending.has(uid));
    this.#outcomes = new Map(
      used.map(([uid, { isFailure }]) => [uid, { isFailure, news: 0 }]),
    );
    this.flush();
  }

  /** Writes a grant soon if its last request ended in another way than the one before. */
  #notice({ metadata: { uid = '' } }: Grant, isFailure: boolean): void {
    const before = this.#outcomes.get(uid);
    if (before?.isFailure === isFailure) return;
    const news = (before?.news ?? 0) + 1;
    this.#outcomes.set(uid, { isFailure, news });
    if (news <= maxNews) this.#announce(uid);
  }

  #announce(uid: string): void {
    this.#news.add(uid);
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      const news = this.#news;
      this.#news = new Set();
      this.#enqueue(key => news.has(key));
    }, this.#delay).unref();
  }

  #enqueue(isDue: (key: string) => boolean): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#writeDue(isDue));
    return this.#flushing;
  }

  async #writeDue(isDue: (key: string) => boolean): Promise<void> {
    const batch = [...this.#pending].filter(([key]) => isDue(key));
    for (const [key] of batch) this.#pending.delete(key);
    for (const [key, usage] of batch) {
      try {
        if ((await this.#write(usage)) === 'kept') {
          this.#add(usage);
          this.#announce(key);
        }
      } catch (error) {
        this.#add(usage);
        this.#log.warn("Can't write the usage of a grant", {
          grant: usage.grant.metadata.name,
          error: String(error),
        });
      }
    }
  }

  #add(usage: Usage): void {
    const key = usage.grant.metadata.uid ?? '';
    const earlier = this.#pending.get(key);
    this.#pending.set(key, {
      grant: usage.grant,
      calls: usage.calls + (earlier?.calls ?? 0),
      rows: usage.rows + (earlier?.rows ?? 0),
      lastUsed: laterDate(usage.lastUsed, earlier?.lastUsed),
      lastFailure: later(usage.lastFailure, earlier?.lastFailure),
      lastRead: laterRead(usage.lastRead, earlier?.lastRead),
      canary: addCanaryCalls(usage.canary, earlier?.canary),
    });
  }
}

function laterDate(one?: Date, other?: Date): Date | undefined {
  if (!one || !other) return one ?? other;
  return one > other ? one : other;
}

/** Adds calls of the same canary; those of an earlier one are dropped. */
export function addCanaryCalls(
  one?: CanaryCalls,
  other?: CanaryCalls,
): CanaryCalls | undefined {
  if (!one || !other) return one ?? other;
  if (one.startedAt !== other.startedAt)
    return Date.parse(one.startedAt) > Date.parse(other.startedAt)
      ? one
      : other;
  return {
    startedAt: one.startedAt,
    canary: addTallies(one.canary, other.canary),
    stable: addTallies(one.stable, other.stable),
  };
}

/** Returns the later one of two events. */
export function later<Event extends { at: string }>(
  one?: Event,
  other?: Event,
): Event | undefined {
  if (!one || !other) return one ?? other;
  return Date.parse(one.at) >= Date.parse(other.at) ? one : other;
}

/** Returns the later one of two reads. One for a function is worth more than others, such as one for the metadata. */
export function laterRead(one?: Read, other?: Read): Read | undefined {
  if (one && other && Boolean(one.fn) !== Boolean(other.fn))
    return one.fn ? one : other;
  return later(one, other);
}
