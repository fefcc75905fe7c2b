import { TooManyStreamsError } from '../errors';
import {
  Subscription,
  type OpenStream,
  type SubscriptionLimits,
} from './Subscription';

/** A call that readers share. */
export interface SharedCall {
  /** Identifies the app in its environment. */
  app: string;
  /** Identifies the call: app, code, function and parameters. */
  key: string;
  /** Name of the app, for messages. */
  title: string;
  /** Columns of the key; empty if there is none. */
  columns: readonly string[];
  open: OpenStream;
  id: string;
}

/** Limits of {@link Subscriptions}. */
export interface SubscriptionsLimits extends SubscriptionLimits {
  /** Maximum number of distinct calls. */
  calls: number;
  /** Milliseconds that a call without readers continues. */
  linger: number;
  /** Milliseconds that the rows of an ended call are kept for readers that reconnect. */
  keep: number;
}

/** Calls without readers that an app may have; further ones are ended when another begins. */
const maxIdle = 2;

/** The running calls of all streams, one per distinct call. */
export class Subscriptions {
  readonly #limits: SubscriptionsLimits;
  readonly #open = new Map<string, { app: string; one: Subscription }>();
  readonly #timer: NodeJS.Timeout;

  constructor(limits: SubscriptionsLimits) {
    this.#limits = limits;
    this.#timer = setInterval(() => this.#sweep(), 1_000).unref();
  }

  /** Number of running calls. */
  get size(): number {
    return [...this.#open.values()].filter(({ one }) => !one.end).length;
  }

  /**
   * Returns the subscription of a call, and begins it if it does not run.
   *
   * @param epoch - run that the reader already knows
   * @throws GatewayError with the refusal of the app; TooManyStreamsError
   */
  async join(call: SharedCall, epoch?: string): Promise<Subscription> {
    const one = this.#find(call, epoch) ?? this.#begin(call);
    try {
      await one.opened;
    } catch (error) {
      if (!one.end && this.#open.get(call.key)?.one === one)
        this.#open.delete(call.key);
      throw error;
    }
    return one;
  }

  /** Ends all calls. */
  stop(): void {
    clearInterval(this.#timer);
    for (const { one } of this.#open.values()) one.close();
    this.#open.clear();
  }

  #find({ key, open }: SharedCall, epoch?: string): Subscription | undefined {
    const one = this.#open.get(key)?.one;
    if (!one?.end) return one;
    if (one.isComplete && one.epoch === epoch) return one;
    if (!one.canContinue) return undefined;
    one.resume(open);
    return one;
  }

  #begin({ app, columns, id, key, open, title }: SharedCall): Subscription {
    const idle = [...this.#open].filter(
      ([, other]) => other.app === app && other.one.isIdle && !other.one.end,
    );
    for (const [other] of idle.slice(0, Math.max(0, idle.length - maxIdle + 1)))
      this.#close(other);
    const { calls } = this.#limits;
    if (this.#open.size >= calls && !this.#open.has(key)) {
      throw new TooManyStreamsError(
        `This gateway has ${calls} different streams, which is its limit; retry later`,
        { retryAfter: 10 },
      );
    }
    const one = new Subscription({
      ...this.#limits,
      app: title,
      columns,
      open,
      id,
    });
    this.#open.set(key, { app, one });
    return one;
  }

  #sweep(): void {
    const now = performance.now();
    const { keep, linger } = this.#limits;
    for (const [key, { one }] of this.#open) {
      one.requireSound();
      const patience = one.end ? keep : linger;
      if (one.isIdle && now - one.idleSince > patience) this.#close(key);
    }
  }

  #close(key: string): void {
    this.#open.get(key)?.one.close();
    this.#open.delete(key);
  }
}
