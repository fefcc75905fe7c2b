import type {
  BailiwickClient,
  Staleness,
  WatchPath,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { followStream } from './followStream';

/** A live value. @public */
export interface Live<T> {
  /** `undefined` before the first response; kept after an interruption. */
  value: T | undefined;
  /** Reason why the value can't be loaded, or the newest reason why it is stale. */
  error: Error | undefined;
  /** Whether the connections to the portal and from the portal to the cluster are live. */
  isLive: boolean;
  /**
   * Present while the cluster or the operator does not respond: the component, the time by this browser's clock, and
   * the reason.
   */
  lost?: { who: Staleness['who']; at: number; why: string };
  /** Time of the last data from the portal, in milliseconds since 1970. */
  heardAt: number | undefined;
}

/** Reduces a message into a value; the value is `undefined` for the first message. */
export type Fold<T, M> = (value: T | undefined, message: M) => T;

/** State before the first response. */
export const nothing: Live<never> = {
  value: undefined,
  error: undefined,
  isLive: false,
  heardAt: undefined,
};

/** A watched path that any number of components follow over one connection, because browsers limit connections. */
export class SharedStream<T, M> {
  readonly #client: BailiwickClient;
  readonly #path: WatchPath;
  readonly #fold: Fold<T, M>;
  readonly #listeners = new Set<() => void>();
  #live: Live<T> = nothing;
  #connected = 0;
  #connection?: AbortController;
  /** Id of the last received message; a reopened stream resumes after it. */
  #lastEventId?: string;

  constructor(options: {
    client: BailiwickClient;
    path: WatchPath;
    fold: Fold<T, M>;
  }) {
    this.#client = options.client;
    this.#path = options.path;
    this.#fold = options.fold;
  }

  /** The current state; the same object until it changes. */
  readonly read = (): Live<T> => this.#live;

  /** Calls a listener after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether there are listeners. */
  get isUsed(): boolean {
    return this.#listeners.size > 0;
  }

  /** Keeps the connection open until the returned function is called; also reopens it after a final rejection. */
  connect(): () => void {
    this.#connected += 1;
    this.#connection ??= this.#open();
    return () => {
      this.#connected -= 1;
      if (this.#connected > 0) return;
      this.#connection?.abort();
      this.#connection = undefined;
    };
  }

  #open(): AbortController {
    const connection = new AbortController();
    const join = this.#path.includes('?') ? '&' : '?';
    const watched: WatchPath = `${this.#path}${join}watch=true`;
    followStream<M>({
      open: signal =>
        this.#client.open(watched, { signal, lastEventId: this.#lastEventId }),
      signal: connection.signal,
      onMessage: (message, id) => {
        this.#lastEventId = id;
        const { lost, value } = this.#live;
        this.#set({
          value: this.#fold(value, message),
          error: undefined,
          isLive: !lost,
          heardAt: Date.now(),
        });
      },
      onStale: staleness => this.#set(readStaleness(staleness, Date.now())),
      onHeard: () => this.#set({ heardAt: Date.now() }),
      // The portal's message about the cluster ends with the connection.
      onBroken: error => this.#set({ error, isLive: false, lost: undefined }),
    }).then(() => {
      if (this.#connection === connection) this.#connection = undefined;
    });
    return connection;
  }

  #set(change: Partial<Live<T>>): void {
    this.#live = { ...this.#live, ...change };
    this.#listeners.forEach(listener => listener());
  }
}

function readStaleness(
  staleness: Staleness | null,
  at: number,
): Pick<Live<unknown>, 'lost' | 'isLive'> {
  if (!staleness) return { lost: undefined, isLive: true };
  const { age, who, why } = staleness;
  return { lost: { who, at: at - age * 1_000, why }, isLive: false };
}
