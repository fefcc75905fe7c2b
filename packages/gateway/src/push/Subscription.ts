import { randomBytes } from 'node:crypto';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import {
  AppUnreachableError,
  GatewayError,
  InvalidResultError,
} from '../errors';
import type { UpstreamAnswer } from '../upstream';
import { failureOf, type EndReason, type StreamEnd } from './PushEvent';
import { itemsOf } from './itemsOf';
import { RowLog, type LogBounds } from './RowLog';

/** Starts the stream of an app, after a row if it continues. */
export type OpenStream = (
  after: number | undefined,
  signal: AbortSignal,
) => Promise<UpstreamAnswer>;

/** A reader, as its subscription sees it. */
export interface Subscriber {
  /** Number of the last row that the reader has. */
  readonly position: number;
  /** Called when there is something to read. */
  wake(): void;
  /** Called when the app has sent a heartbeat. */
  beat(): void;
}

/** Limits of a {@link Subscription}. */
export interface SubscriptionLimits {
  bounds: LogBounds;
  /** Milliseconds between two rounds, in which readers get the new rows. */
  round: number;
  /** Milliseconds that replaced rows are kept for readers that are late; at most twice as many. */
  late: number;
  /** Maximum silence of an app, which sends a heartbeat every 15 seconds, in milliseconds. */
  silence: number;
}

interface SubscriptionOptions extends SubscriptionLimits {
  app: string;
  /** Columns that identify a cell; empty if the rows are events. */
  columns: readonly string[];
  open: OpenStream;
  /** ID of the request that opens the stream, contained in errors. */
  id: string;
}

/** Characters of one event of an app. */
const maxEvent = 8 * 2 ** 20;
/** Share of a log that a stream without key may be ahead of its fastest reader. */
const ahead = 0.5;

/** One running call of a stream function, with its newest rows, for any number of readers. */
export class Subscription {
  /** Names this run in the IDs of events. */
  readonly epoch = randomBytes(5).toString('hex');
  readonly log: RowLog;
  readonly hasKey: boolean;
  /** Whether an event has a list of rows. */
  isList = false;
  /** Whether it had no reader yet. */
  isNew = true;
  /** Why the stream ended; absent while it runs. */
  end?: StreamEnd;
  /** When it became idle; meaningless while it has readers. */
  idleSince = performance.now();
  readonly #options: SubscriptionOptions;
  readonly #readers = new Set<Subscriber>();
  readonly #closed = new AbortController();
  #opened: Promise<void>;
  #isOpening = false;
  /** Since when the app is waited for; absent while readers are. */
  #waitsSince?: number;
  #round = { at: -Infinity, timer: undefined as NodeJS.Timeout | undefined };
  #settledAt = performance.now();
  #progress?: () => void;
  #stopBody?: () => void;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
    this.hasKey = options.columns.length > 0;
    this.log = new RowLog(options.bounds);
    this.#opened = this.#open(options.open);
  }

  /** Rejects with the refusal of the app. */
  get opened(): Promise<void> {
    return this.#opened;
  }

  get isIdle(): boolean {
    return this.#readers.size === 0 && !this.#isOpening;
  }

  get isComplete(): boolean {
    return endsWith(this.end, 'complete');
  }

  /**
   * Whether a new call can continue after the newest row. After the end of a pod, that is so only without a key: the
   * values of two pods, perhaps of two releases, are never mixed.
   */
  get canContinue(): boolean {
    if (endsWith(this.end, 'time-limit')) return true;
    if (this.hasKey) return false;
    return endsWith(this.end, 'stopping') || this.#isInterrupted;
  }

  get #isInterrupted(): boolean {
    const { error } = (this.end ?? {}) as { error?: { type?: string } };
    return error?.type === 'app-unreachable';
  }

  /** Continues after the end; if that fails, the end stays. */
  resume(open: OpenStream): void {
    const { end } = this;
    this.end = undefined;
    this.#opened = this.#open(open, this.log.last || undefined).catch(error => {
      this.end = end;
      throw error;
    });
  }

  /** Adds a reader; returns a function that removes it. */
  join(reader: Subscriber): () => void {
    this.isNew = false;
    this.#readers.add(reader);
    return () => {
      this.#readers.delete(reader);
      this.idleSince = performance.now();
      this.advanced();
    };
  }

  /** Reports that a reader has read. */
  advanced(): void {
    this.#progress?.();
  }

  /** Ends the stream of an app that is silent for too long. */
  requireSound(): void {
    const waited = performance.now() - (this.#waitsSince ?? Infinity);
    if (waited > this.#options.silence) this.#fail(this.#interrupted());
  }

  /** Ends the call of the function. */
  close(): void {
    this.#closed.abort();
    this.#finish({ reason: 'stopping' });
  }

  async #open(open: OpenStream, after?: number): Promise<void> {
    this.#isOpening = true;
    const answer = await open(after, this.#closed.signal).finally(() => {
      this.#isOpening = false;
      this.idleSince = performance.now();
    });
    if (answer.status === 204) {
      await answer.body.text();
      this.#finish({ reason: 'complete' });
      return;
    }
    void this.#follow(answer.body);
  }

  async #follow(body: UpstreamAnswer['body']): Promise<void> {
    const decoder = new TextDecoder();
    const parser = createParser({
      maxBufferSize: maxEvent,
      onEvent: event => this.#receive(event),
      onComment: () => this.#beat(),
      onError: error => {
        if (error.type === 'max-buffer-size-exceeded') throw tooLarge();
      },
    });
    this.#stopBody = () => body.destroy();
    try {
      this.#waitsSince = performance.now();
      for await (const chunk of body) {
        this.#waitsSince = undefined;
        parser.feed(decoder.decode(chunk, { stream: true }));
        if (this.end) return;
        await this.#room();
        this.#waitsSince = performance.now();
      }
      this.#fail(this.#interrupted());
    } catch (error) {
      this.#fail(
        error instanceof GatewayError ? error : this.#interrupted(error),
      );
    } finally {
      this.#waitsSince = undefined;
      body.destroy();
    }
  }

  #receive({ event, data }: EventSourceMessage): void {
    if (this.end) return;
    if (event === 'end') {
      const { reason } = JSON.parse(data) as { reason?: EndReason };
      this.#finish({ reason: reason ?? 'complete' });
    } else if (event === 'error') {
      this.#finish({ error: JSON.parse(data) as object });
    } else if (event === undefined || event === 'message') {
      this.isList = data.startsWith('[');
      for (const { text, rows, key } of itemsOf(data, this.#options.columns))
        this.log.append(text, rows, key);
      this.#announce();
    }
  }

  #beat(): void {
    for (const reader of this.#readers) reader.beat();
  }

  /** Waits while a stream of events is far ahead of all readers; a stream with a key never waits. */
  async #room(): Promise<void> {
    while (!this.hasKey && !this.end && this.#readers.size > 0) {
      const positions = [...this.#readers].map(({ position }) => position);
      if (this.log.backlog(Math.max(...positions)) <= ahead) return;
      await new Promise<void>(resolve => {
        this.#progress = resolve;
      });
    }
  }

  /** Wakes the readers now, or at the end of the round. */
  #announce(): void {
    if (this.#round.timer) return;
    const wait = this.#round.at + this.#options.round - performance.now();
    if (wait <= 0) this.#endRound();
    else this.#round.timer = setTimeout(() => this.#endRound(), wait);
  }

  #endRound(): void {
    clearTimeout(this.#round.timer);
    const now = performance.now();
    this.#round = { at: now, timer: undefined };
    if (now - this.#settledAt >= this.#options.late) {
      this.#settledAt = now;
      this.log.settle();
    }
    for (const reader of this.#readers) reader.wake();
  }

  #fail(error: GatewayError): void {
    this.#finish(failureOf(error, this.#options.id));
  }

  #finish(end: StreamEnd): void {
    if (this.end) return;
    this.end = end;
    this.idleSince = performance.now();
    this.#stopBody?.();
    this.#endRound();
    this.advanced();
  }

  #interrupted(cause?: unknown): GatewayError {
    return new AppUnreachableError(
      `The stream of ${this.#options.app} was interrupted; reconnect`,
      { cause },
    );
  }
}

function endsWith(end: StreamEnd | undefined, reason: EndReason): boolean {
  return end !== undefined && 'reason' in end && end.reason === reason;
}

function tooLarge(): GatewayError {
  return new InvalidResultError(
    `An event of the stream has more than ${
      maxEvent / 2 ** 20
    } MiB; yield fewer rows at a time`,
  );
}
