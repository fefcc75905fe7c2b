import type { Logger } from '@bailiwick/backstage-kube-controller';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Calls of a grant that its status does not show yet. */
export interface Usage {
  grant: Grant;
  calls: number;
  /** Rows that streams have sent. */
  rows: number;
  /** Absent if no call succeeded. */
  lastUsed?: Date;
  lastFailure?: Failure;
}

/** A request with a valid token that was refused. */
export type Failure = NonNullable<NonNullable<Grant['status']>['lastFailure']>;

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
}

/** Collects who called how often and writes it now and then, so that reading stays cheap. */
export class UsageRecorder {
  readonly #write: WriteUsage;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #pending = new Map<string, Usage>();
  #flushing: Promise<void> = Promise.resolve();

  constructor({ write, log, interval = 10_000 }: UsageRecorderOptions) {
    this.#write = write;
    this.#log = log;
    this.#timer = setInterval(() => this.flush(), interval).unref();
  }

  /** Counts one call. */
  record(grant: Grant, now: Date = new Date()): void {
    this.#add({ grant, calls: 1, rows: 0, lastUsed: now });
  }

  /** Counts the rows of a stream that was counted as a call when it began. */
  recordRows(grant: Grant, rows: number, now: Date = new Date()): void {
    this.#add({ grant, calls: 0, rows, lastUsed: now });
  }

  /** Remembers a request that was refused; only the last one is kept. */
  recordFailure(grant: Grant, lastFailure: Failure): void {
    this.#add({ grant, calls: 0, rows: 0, lastFailure });
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
    this.#flushing = this.#flushing.then(() => this.#writeAll());
    return this.#flushing;
  }

  /** Writes the rest and ends. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #writeAll(): Promise<void> {
    const batch = [...this.#pending.values()];
    this.#pending = new Map();
    for (const usage of batch) {
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
      lastUsed: later(usage.lastUsed, earlier?.lastUsed),
      lastFailure: laterFailure(usage.lastFailure, earlier?.lastFailure),
    });
  }
}

function later(one?: Date, other?: Date): Date | undefined {
  if (!one || !other) return one ?? other;
  return one > other ? one : other;
}

/** Returns the later one of two failures. */
export function laterFailure(
  one?: Failure,
  other?: Failure,
): Failure | undefined {
  if (!one || !other) return one ?? other;
  return one.at > other.at ? one : other;
}
