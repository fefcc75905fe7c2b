import type { KubeClient, ResourceClient, Selection } from '../client';
import type { KubeObject, ResourceType } from '../objects';
import { ObjectStore, type Change, type IndexOf } from './ObjectStore';
import { Reflector } from './Reflector';
import { deepFreeze, dropManagedFields } from './transforms';

/** Options of {@link Informer}. @public */
export interface InformerOptions<T extends KubeObject>
  extends Omit<Selection, 'signal'> {
  client: KubeClient;
  type: ResourceType<T>;
  /** Reduces an object before it is cached; drops `managedFields` by default. */
  transform?: (object: T) => T;
  /** Further ways to find objects, see {@link Informer.index}. */
  indexes?: Record<string, IndexOf<T>>;
  /** Milliseconds without data after which a watch counts as broken; 90,000 by default. */
  idleTimeout?: number;
  /**
   * Milliseconds after which controllers start without this cache, such as of a kind that may be
   * missing or forbidden; they wait forever by default.
   */
  syncTimeout?: number;
  /** Called with every error; the informer retries. */
  onError?: (error: unknown) => void;
}

/**
 * Cache of all objects of a selection that follows the API server: lists once, watches from there,
 * resumes where a watch ended, and lists again only when it must.
 *
 * @public
 */
export class Informer<T extends KubeObject> {
  readonly type: ResourceType<T>;
  /**
   * Client of the kind. Writes through it are in the cache at once, before the watch delivers them
   * (read your own writes, KEP-5647); they return the cached object.
   */
  readonly resource: ResourceClient<T>;
  /**
   * Fulfilled when the first list is complete and its listeners were called, or after
   * `syncTimeout`.
   */
  readonly synced: Promise<void>;
  readonly #store: ObjectStore<T>;
  readonly #reflector: Reflector<T>;
  readonly #shrink: (object: T) => T;
  readonly #listeners = new Set<(change: Change<T>) => void>();
  readonly #onError: (error: unknown) => void;
  readonly #connectionListeners = new Set<() => void>();
  #markSynced: () => void = () => {};
  readonly #hasAll: boolean;
  readonly #syncTimeout: number | undefined;
  #isGivenUp = false;
  #isSynced = false;
  #isConnected = false;
  #lastHeard: number | undefined;

  constructor(options: InformerOptions<T>) {
    const { client, type, indexes, transform = dropManagedFields } = options;
    const { onError = () => {} } = options;
    this.type = type;
    this.resource = client.resource(type, object => this.#learn(object));
    this.synced = new Promise(resolve => {
      this.#markSynced = resolve;
    });
    const { namespace, labelSelector, fieldSelector } = options;
    this.#hasAll = !namespace && !labelSelector && !fieldSelector;
    this.#onError = onError;
    this.#syncTimeout = options.syncTimeout;
    // Tests find code that modifies cached objects.
    this.#shrink =
      process.env.NODE_ENV === 'test'
        ? object => deepFreeze(transform(object))
        : transform;
    this.#store = new ObjectStore(indexes);
    this.#reflector = new Reflector<T>({
      ...options,
      resource: this.resource,
      onError,
      onHeard: () => {
        this.#lastHeard = Date.now();
      },
      onConnected: isConnected => this.#setConnected(isConnected),
      sink: {
        put: object => this.#notify(this.#store.put(object)),
        remove: object => this.#notify(this.#store.remove(object)),
        advance: version => this.#store.advance(version),
        replace: (...list) => this.#replace(...list),
        shrink: this.#shrink,
      },
    });
  }

  /** Whether an object that is not in the cache does not exist. */
  get isComplete(): boolean {
    return this.#isSynced && this.#isConnected && this.#hasAll;
  }

  /** Whether the first list is complete. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Whether the first list is complete or `syncTimeout` has passed. */
  get isSettled(): boolean {
    return this.#isSynced || this.#isGivenUp;
  }

  /**
   * Whether the watch is open. A frozen server is detected only after `idleTimeout`; see {@link
   * Informer.lastHeard}.
   */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /**
   * When the API server last sent data about this selection, including bookmarks, milliseconds
   * since the epoch.
   */
  get lastHeard(): number | undefined {
    return this.#lastHeard;
  }

  /** Number of objects. */
  get size(): number {
    return this.#store.size;
  }

  /**
   * Calls a listener when {@link Informer.isConnected} changes. @returns a function that removes
   * it
   */
  onConnection(listener: () => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  /**
   * Reconnects at once, when the server is known to be back.
   *
   * @param options - `patiently` respects a delay that the server asked for (`Retry-After`)
   */
  retryNow(options: { patiently?: boolean } = {}): void {
    this.#reflector.retryNow(options);
  }

  /** Starts; stops when the signal aborts. */
  start(signal: AbortSignal): this {
    this.#reflector.run(signal).catch(this.#onError);
    if (this.#syncTimeout !== undefined)
      this.#giveUpAfter(this.#syncTimeout, signal);
    return this;
  }

  /** Calls a listener with every change from now on. @returns a function that removes it */
  onChange(listener: (change: Change<T>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(name: string, namespace?: string): T | undefined {
    return this.#store.get(name, namespace);
  }

  list(): T[] {
    return this.#store.list();
  }

  /**
   * Returns the objects with a value in one of the `indexes`. @throws Error for an unknown index
   */
  index(name: string, value: string): T[] {
    return this.#store.index(name, value);
  }

  #giveUpAfter(milliseconds: number, signal: AbortSignal): void {
    const giveUp = () => {
      this.#isGivenUp = true;
      this.#markSynced();
    };
    const timer = setTimeout(giveUp, milliseconds).unref();
    signal.addEventListener('abort', () => clearTimeout(timer));
  }

  #learn(written: T): T {
    const object = this.#shrink(written);
    this.#notify(this.#store.learn(object));
    return object;
  }

  #replace(objects: T[], version: string, wasSetBack: boolean): void {
    const changes = this.#store.replace(objects, version, wasSetBack);
    const isInitial = !this.#isSynced;
    if (isInitial) for (const change of changes) change.isInitial = true;
    this.#notify(changes);
    this.#isSynced = true;
    this.#markSynced();
  }

  #setConnected(isConnected: boolean): void {
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    for (const listener of this.#connectionListeners) listener();
  }

  #notify(changes: Change<T>[]): void {
    for (const change of changes) {
      for (const listener of this.#listeners) {
        try {
          listener(change);
        } catch (error) {
          this.#onError(error);
        }
      }
    }
  }
}
