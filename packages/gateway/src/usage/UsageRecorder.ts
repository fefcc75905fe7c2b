import type { Logger } from '@bailiwick/backstage-kube-controller';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

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
}

/** A request with a valid token that was refused. */
export type Failure = NonNullable<Status['lastFailure']>;

/** A request with a valid token that was answered. */
export type Read = NonNullable<Status['lastRead']>;

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

/**
 * Collects who called how often and writes it now and then, so that reading stays cheap. News, such as the first use of
 * a token and its first failure after a success, are written soon, because somebody may wait for them.
 */
export class UsageRecorder {
  readonly #write: WriteUsage;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  readonly #delay: number;
  #pending = new Map<string, Usage>();
  /** Whether the last request of a grant failed; only of grants that were used in this interval and the one before. */
  #outcomes = new Map<string, boolean>();
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
    this.#notice(grant, false);
  }

  /** Counts the rows of a stream that was counted as a call when it began. */
  recordRows(grant: Grant, rows: number, now: Date = new Date()): void {
    this.#add({ grant, calls: 0, rows, lastUsed: now });
  }

  /** Remembers a request that was answered; only the last one is kept. */
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
    const used = this.#pending;
    this.#outcomes = new Map(
      [...this.#outcomes].filter(([key]) => used.has(key)),
    );
    this.flush();
  }

  /** Writes a grant soon if its last request ended in another way than the one before. */
  #notice({ metadata: { uid = '' } }: Grant, isFailure: boolean): void {
    if (this.#outcomes.get(uid) === isFailure) return;
    this.#outcomes.set(uid, isFailure);
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
    for (const [, usage] of batch) {
      try {
        if ((await this.#write(usage)) === 'kept') this.#add(usage);
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
      lastRead: later(usage.lastRead, earlier?.lastRead),
    });
  }
}

function laterDate(one?: Date, other?: Date): Date | undefined {
  if (!one || !other) return one ?? other;
  return one > other ? one : other;
}

/** Returns the later one of two events. */
export function later<Event extends { at: string }>(
  one?: Event,
  other?: Event,
): Event | undefined {
  if (!one || !other) return one ?? other;
  return one.at >= other.at ? one : other;
}
