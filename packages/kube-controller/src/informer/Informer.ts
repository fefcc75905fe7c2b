import type { KubeClient, ResourceClient } from '../client';
import type { KubeObject, ResourceType } from '../objects';
import { ObjectStore, type Change, type IndexOf } from './ObjectStore';
import { Reflector } from './Reflector';
import { deepFreeze, dropManagedFields } from './transforms';

/** What an informer watches, and how it keeps it. */
export interface InformerOptions<T extends KubeObject> {
  client: KubeClient;
  type: ResourceType<T>;
  /** All namespaces when absent. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Reads and keeps only `metadata`. */
  metadataOnly?: boolean;
  /** Makes an object smaller before it is kept; drops `managedFields` when absent. */
  transform?: (object: T) => T;
  /** Further ways to find objects, see {@link Informer.index}. */
  indexes?: Record<string, IndexOf<T>>;
  /** Makes the kept objects read-only, which finds code that changes them; on under Jest. */
  freeze?: boolean;
  /** Milliseconds of silence after which a watch is taken for dead; 90 000 when absent. */
  idleTimeout?: number;
  /**
   * Milliseconds after which controllers begin without this copy, such as of a kind that may be
   * missing or forbidden; they wait for ever when absent.
   */
  syncTimeout?: number;
  /** Told of every failure; the informer goes on by itself. */
  onError?: (error: unknown) => void;
}

/**
 * A copy of all objects of a selection that follows the API server: it lists once, watches from
 * there, resumes where a watch ended and lists again only when it must.
 */
export class Informer<T extends KubeObject> {
  readonly type: ResourceType<T>;
  /**
   * The kind on the server. What is written through it is in the copy at once, although the watch
   * has not delivered it yet (read your own writes, KEP-5647); writes return what the copy keeps.
   */
  readonly resource: ResourceClient<T>;
  /**
   * Fulfilled when the first list is complete and its changes were told, or when the patience with
   * it has ended.
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
    const { freeze = process.env.NODE_ENV === 'test', onError = () => {} } =
      options;
    this.type = type;
    this.resource = client.resource(type, object => this.#learn(object));
    this.synced = new Promise(resolve => {
      this.#markSynced = resolve;
    });
    const { namespace, labelSelector, fieldSelector } = options;
    this.#hasAll = !namespace && !labelSelector && !fieldSelector;
    this.#onError = onError;
    this.#syncTimeout = options.syncTimeout;
    this.#shrink = freeze ? object => deepFreeze(transform(object)) : transform;
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

  /** Whether an object of this kind that is not in the copy does not exist. */
  get isComplete(): boolean {
    return this.#isSynced && this.#isConnected && this.#hasAll;
  }

  /** Whether the first list is complete. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Whether nobody needs to wait for the first list: it is complete, or the patience has ended. */
  get isSettled(): boolean {
    return this.#isSynced || this.#isGivenUp;
  }

  /**
   * Whether the watch is open. A quiet server and a frozen one look the same for up to
   * `idleTimeout`; see {@link Informer.lastHeard}.
   */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /**
   * When the API server last told something about this selection, also a bookmark, in milliseconds
   * since 1970.
   */
  get lastHeard(): number | undefined {
    return this.#lastHeard;
  }

  /** Number of objects. */
  get size(): number {
    return this.#store.size;
  }

  /** Tells when {@link Informer.isConnected} changes; gives a function that ends that. */
  onConnection(listener: () => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  /**
   * Tries again now, when somebody knows that the server is back.
   *
   * @param options - `patiently` leaves a wait alone that the server asked for (`Retry-After`)
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

  /** Tells every change from now on; gives a function that ends that. */
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

  /** The objects with a value in one of the `indexes`. @throws Error for an unknown index. */
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
