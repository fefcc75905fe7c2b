import { AppUnreachableError, GatewayError, NotAllowedError } from '../errors';
import type { UpstreamAnswer } from '../upstream';
import type { OpenStreams } from './OpenStreams';
import { StreamReader } from './StreamReader';

/** Milliseconds between two checks of a reader's access. */
const checkEvery = 1_000;
/** Longest silence of an app, which sends a heartbeat every 15 seconds, in milliseconds. */
const longestSilence = 45_000;
/** Milliseconds until the connection of a reader that does not read the last event is closed. */
const longestEnd = 2_000;

/** One reader of a stream. */
export interface EventReading {
  app: string;
  /** Number of the last row that the reader has. */
  lastEventId?: string;
  /** ID of the request, contained in errors. */
  id: string;
  /** @throws GatewayError as soon as the reader may not continue */
  check(): void;
  streams: OpenStreams;
  /** Aborts when the reader disconnects. */
  gone: AbortSignal;
  /** Breaks the connection of a reader who does not take the end. */
  breakOff(): void;
  /** Called when the stream has ended, with the number of sent rows. */
  onEnd(rows: number): void;
}

interface EventRelayOptions extends EventReading {
  /** The events of the app. */
  body: UpstreamAnswer['body'];
}

/** Passes the events of an app on to one reader. */
export class EventRelay {
  readonly #options: EventRelayOptions;
  readonly #reader: StreamReader;
  /** Event that ends the stream before the app does. */
  #lastEvent?: string;
  /** Since when the app is waited for; absent while the reader is. */
  #waitsSince?: number;

  constructor(options: EventRelayOptions) {
    this.#options = options;
    this.#reader = new StreamReader(options.lastEventId);
  }

  /**
   * Yields the events of the app as they arrive, at the reader's pace. The last event contains the reason if the reader
   * may not continue, the app breaks off, or the gateway stops.
   */
  async *events(): AsyncGenerator<Uint8Array> {
    const { gone, onEnd } = this.#options;
    const unwatch = this.#watch();
    try {
      yield* this.#passedOn();
    } catch (error) {
      this.#end(this.#failure(brokenOff(this.#options.app, error)));
    } finally {
      unwatch();
      onEnd(this.#reader.rows);
    }
    // nothing can be inserted within an event, and a reader drops the half
    if (this.#lastEvent && this.#reader.isBetweenEvents && !gone.aborted) {
      yield Buffer.from(this.#lastEvent);
    }
  }

  async *#passedOn(): AsyncGenerator<Uint8Array> {
    this.#waitsSince = Date.now();
    for await (const chunk of this.#options.body) {
      if (this.#lastEvent) return;
      this.#waitsSince = undefined;
      this.#reader.read(chunk);
      yield chunk;
      this.#waitsSince = Date.now();
    }
  }

  /** Ends the stream on external events; returns a function that stops watching. */
  #watch(): () => void {
    const { check, streams } = this.#options;
    const ended = streams.begin(() =>
      this.#end(event('end', { reason: 'stopping', rows: this.#reader.rows })),
    );
    const timer = setInterval(() => {
      const refusal = refusalOf(check) ?? this.#silence();
      if (refusal) this.#end(this.#failure(refusal));
    }, checkEvery);
    return () => {
      clearInterval(timer);
      ended();
    };
  }

  #silence(): GatewayError | undefined {
    const { app } = this.#options;
    const milliseconds = Date.now() - (this.#waitsSince ?? Infinity);
    return milliseconds > longestSilence ? brokenOff(app) : undefined;
  }

  #end(lastEvent: string): void {
    if (this.#lastEvent) return;
    this.#lastEvent = lastEvent;
    this.#options.body.destroy();
    setTimeout(this.#options.breakOff, longestEnd).unref();
  }

  #failure({ type, message, fields }: GatewayError): string {
    const { id } = this.#options;
    return event('error', { type, message, id, ...fields });
  }
}

/** Returns why a reader may not continue; a failed check counts as a reason. */
function refusalOf(check: () => void): GatewayError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof GatewayError
      ? error
      : new NotAllowedError("This token can't be verified; reconnect", {
          cause: error,
        });
  }
}

function brokenOff(app: string, cause?: unknown): GatewayError {
  const message = `The stream of ${app} was interrupted; reconnect`;
  return new AppUnreachableError(message, { cause });
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
