import { GatewayError, NotAllowedError } from '../errors';
import type { LogEntry } from './RowLog';
import type { Subscriber, Subscription } from './Subscription';
import {
  endEvent,
  failureOf,
  heartbeat,
  type PushEvent,
  type StreamEnd,
} from './PushEvent';
import { streamId, type StreamPosition } from './streamId';

/** Characters after which a part for a reader ends; a reader has at most one part in its buffers. */
const partSize = 65_536;

/** One reader of a stream. */
export interface ReaderOptions {
  subscription: Subscription;
  /** Position of the last event that the reader has; absent for a new reader. */
  position?: StreamPosition;
  /** Minimum milliseconds between two values of a cell; 0 to get every row. */
  interval: number;
  /** ID of the request, contained in errors. */
  id: string;
  /** Milliseconds between two checks. */
  checkEvery: number;
  /** Milliseconds until the connection of a reader that does not read the end is closed. */
  patience: number;
  /** Aborts when the reader disconnects. */
  gone: AbortSignal;
  /**
   * Checks the access.
   *
   * @returns the end of the stream if its code was replaced
   * @throws GatewayError as soon as the reader may not continue
   */
  check(): StreamEnd | undefined;
  /** Breaks the connection. */
  breakOff(): void;
  /** Called with the number of rows that are about to be sent. */
  onRows(rows: number): void;
  /** Called when the reader leaves, with the number of its rows. */
  onLeave(rows: number): void;
}

/** Reads a subscription for one reader, at the pace of the reader. */
export class PushReader implements Subscriber {
  position: number;
  /** Rows that the reader got. */
  rows = 0;
  readonly #options: ReaderOptions;
  /** Up to here, a new reader gets only the newest row of each cell. */
  readonly #newestUpTo: number;
  readonly #leave: () => void;
  readonly #timer: NodeJS.Timeout;
  /** Events about the stream that come first. */
  #notes: PushEvent[] = [];
  #end?: StreamEnd;
  #wakeUp?: () => void;
  #hasBeat = false;
  #hasLeft = false;

  constructor(options: ReaderOptions) {
    const { checkEvery, gone, subscription } = options;
    this.#options = options;
    this.position = this.#start();
    this.#newestUpTo = this.position === 0 ? subscription.log.last : 0;
    this.#leave = subscription.join(this);
    this.#timer = setInterval(() => this.#check(), checkEvery).unref();
    gone.addEventListener('abort', () => this.leave());
  }

  /** Whether the reader already has all rows of a stream that is complete. */
  get hasEverything(): boolean {
    const { position, subscription } = this.#options;
    return (
      subscription.isComplete &&
      position?.epoch === subscription.epoch &&
      this.position >= subscription.log.last
    );
  }

  /** Events of the stream, each part as soon as there is one; the last one has the end. */
  async *events(): AsyncGenerator<PushEvent[]> {
    const { subscription } = this.#options;
    try {
      while (!this.#hasLeft) {
        const events = this.#end ? [] : this.#take();
        if (events.length > 0) {
          yield events;
          await this.#pause();
        } else if (this.#end ?? subscription.end) {
          this.#end ??= subscription.end;
          yield [endEvent(this.#end!, this.rows)];
          return;
        } else if (this.#hasBeat) {
          this.#hasBeat = false;
          yield [heartbeat];
        } else await this.#news();
      }
    } finally {
      this.leave();
    }
  }

  wake(): void {
    this.#wakeUp?.();
  }

  beat(): void {
    this.#hasBeat = true;
    this.wake();
  }

  /** Ends the stream of this reader; rows that it did not read are left out. */
  finish(end: StreamEnd): void {
    if (this.#end || this.#hasLeft) return;
    this.#end = end;
    this.wake();
    setTimeout(this.#options.breakOff, this.#options.patience).unref();
  }

  leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    clearInterval(this.#timer);
    this.#leave();
    this.wake();
    this.#options.onLeave(this.rows);
  }

  /** Returns the position of the first part, and notes what the reader may have missed. */
  #start(): number {
    const { position, subscription } = this.#options;
    const { epoch, hasKey, isNew, log } = subscription;
    if (!position) return hasKey || isNew ? 0 : log.beforeNewest;
    if (position.epoch === epoch && position.number <= log.last)
      return position.number;
    if (hasKey) return 0;
    this.#notes.push(gap({ reason: 'restarted' }));
    return log.evicted;
  }

  #take(): PushEvent[] {
    const { interval, subscription } = this.#options;
    const { hasKey, isList, log } = subscription;
    const events = this.#notes.splice(0);
    // Without a key, the whole value is one cell.
    if (interval > 0 && !hasKey && this.position < log.beforeNewest)
      this.position = log.beforeNewest;
    if (log.evicted > this.position) {
      const first = this.position + 1;
      events.push(gap({ reason: 'evicted', first, last: log.evicted }));
      this.position = log.evicted;
    }
    const isMerged = interval > 0 || this.position < this.#newestUpTo;
    const part = log.after(this.position, partSize, isMerged);
    this.position = part.position;
    subscription.advanced();
    if (hasKey && isList && part.entries.length > 0)
      events.push(this.#listOf(part.entries));
    else events.push(...part.entries.map(entry => this.#message(entry)));
    const rows = events.reduce((sum, event) => sum + event.rows, 0);
    this.rows += rows;
    this.#options.onRows(rows);
    return events;
  }

  #message({ number, rows, text }: LogEntry): PushEvent {
    const { epoch } = this.#options.subscription;
    const id = streamId({ epoch, number });
    return { id, event: 'message', data: text, rows };
  }

  #listOf(entries: LogEntry[]): PushEvent {
    const { number } = entries.at(-1)!;
    const text = `[${entries.map(entry => entry.text).join(',')}]`;
    const rows = entries.length;
    return this.#message({ ...entries[0], number, rows, text });
  }

  /** Waits for a call of {@link wake}. */
  async #news(milliseconds?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      this.#wakeUp = resolve;
      if (milliseconds) timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.#wakeUp = undefined;
  }

  /** Waits for the minimum interval, unless the stream ends. */
  async #pause(): Promise<void> {
    const until = performance.now() + this.#options.interval;
    let wait = this.#options.interval;
    while (wait > 0 && !this.#end && !this.#hasLeft) {
      await this.#news(wait);
      wait = until - performance.now();
    }
  }

  #check(): void {
    try {
      const end = this.#options.check();
      if (end) this.finish(end);
    } catch (error) {
      this.finish(failureOf(refusalOf(error), this.#options.id));
    }
  }
}

/** A failed check is a reason to end the stream, too. */
function refusalOf(error: unknown): GatewayError {
  return error instanceof GatewayError
    ? error
    : new NotAllowedError("This token can't be verified; reconnect", {
        cause: error,
      });
}

function gap(data: object): PushEvent {
  return { event: 'gap', data: JSON.stringify(data), rows: 0 };
}
