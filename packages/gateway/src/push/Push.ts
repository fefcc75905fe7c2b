import { PushReader, type ReaderOptions } from './PushReader';
import type { StreamPosition } from './streamId';
import { StreamSlots, type StreamLimits } from './StreamSlots';
import {
  Subscriptions,
  type SharedCall,
  type SubscriptionsLimits,
} from './Subscriptions';

/** Limits of {@link Push}; each has a default. */
export interface PushLimits extends StreamLimits, SubscriptionsLimits {
  /** Milliseconds between two checks of the access of a reader. */
  checkEvery: number;
  /** Milliseconds in which a reader must read the end of its stream. */
  patience: number;
}

const defaults: PushLimits = {
  total: 5_000,
  perGrant: 100,
  calls: 200,
  bounds: { rows: 20_000, bytes: 8 * 2 ** 20 },
  round: 20,
  late: 1_000,
  silence: 45_000,
  linger: 10_000,
  keep: 60_000,
  checkEvery: 500,
  patience: 400,
};

/** Request of a reader. */
export interface PushRequest
  extends Pick<
    ReaderOptions,
    'breakOff' | 'check' | 'gone' | 'id' | 'interval' | 'onLeave' | 'onRows'
  > {
  call: SharedCall;
  /** Position of the last event that the reader has. */
  position?: StreamPosition;
  /** Returns the slot of the reader. */
  release(): void;
}

/** The streams of a gateway: one call for all readers of the same function with the same parameters. */
export class Push {
  readonly #limits: PushLimits;
  readonly #readers = new Set<PushReader>();
  readonly #slots: StreamSlots;
  readonly #subscriptions: Subscriptions;
  #isStopping = false;

  constructor(limits: Partial<PushLimits> = {}) {
    this.#limits = { ...defaults, ...limits };
    this.#slots = new StreamSlots(this.#limits);
    this.#subscriptions = new Subscriptions(this.#limits);
  }

  /** Open streams, and calls of functions that they share. */
  get figures(): { streams: number; calls: number } {
    return { streams: this.#slots.used, calls: this.#subscriptions.size };
  }

  /**
   * Counts a stream of a grant.
   *
   * @throws TooManyStreamsError
   */
  takeSlot(grant: string): () => void {
    return this.#slots.take(grant);
  }

  /**
   * Starts to read.
   *
   * @throws GatewayError with the refusal of the app
   */
  async read({ call, release, ...request }: PushRequest): Promise<PushReader> {
    const subscription = await this.#subscriptions.join(
      call,
      request.position?.epoch,
    );
    const reader: PushReader = new PushReader({
      ...this.#limits,
      ...request,
      subscription,
      onLeave: rows => {
        this.#readers.delete(reader);
        release();
        request.onLeave(rows);
      },
    });
    this.#readers.add(reader);
    if (request.gone.aborted) reader.leave();
    if (this.#isStopping) reader.finish({ reason: 'stopping' });
    return reader;
  }

  /** Ends all streams, and those that begin from now on: they would hold a gateway open that stops. */
  stop(): void {
    this.#isStopping = true;
    for (const reader of this.#readers) reader.finish({ reason: 'stopping' });
    this.#subscriptions.stop();
  }
}
