import type { KubeClient, ResourceClient } from '../client';
import type { KubeObject, ResourceType } from '../objects';
import { ObjectStore, type Change, type IndexOf } from './ObjectStore';
import { Reflector } from './Reflector';

/** What an informer watches, and how it keeps it. */
export interface InformerOptions<T extends KubeObject> {
  client: KubeClient;
  type: ResourceType<T>;
  /** All namespaces when absent. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Makes an object smaller before it is kept; drops `managedFields` when absent. */
  transform?: (object: T) => T;
  /** Further ways to find objects, see {@link Informer.index}. */
  indexes?: Record<string, IndexOf<T>>;
  /** Milliseconds of silence after which a watch is taken for dead; 90 000 when absent. */
  idleTimeout?: number;
  /** Told of every failure; the informer goes on by itself. */
  onError?: (error: unknown) => void;
}

/**
 * A copy of all objects of a selection that follows the API server: it lists once, watches from
 * there, resumes where a watch ended and lists again only when it must.
 */
export class Informer<T extends KubeObject> {
  readonly type: ResourceType<T>;
  /** Fulfilled when the first list is complete and its changes were told. */
  readonly synced: Promise<void>;
  readonly #store: ObjectStore<T>;
  readonly #reflector: Reflector<T>;
  readonly #listeners = new Set<(change: Change<T>) => void>();
  readonly #onError: (error: unknown) => void;
  readonly #connectionListeners = new Set<() => void>();
  #isSynced = false;
  #isConnected = false;
  #lastHeard: number | undefined;

  constructor(options: InformerOptions<T>) {
    const {
      client,
      type,
      indexes,
      transform = dropManagedFields,
      onError = () => {},
    } = options;
    const resource: ResourceClient<T> = client.resource(type);
    let markSynced: () => void;
    this.type = type;
    this.synced = new Promise(resolve => {
      markSynced = resolve;
    });
    this.#onError = onError;
    this.#store = new ObjectStore(indexes);
    this.#reflector = new Reflector<T>({
      ...options,
      resource,
      onError,
      onHeard: () => {
        this.#lastHeard = Date.now();
      },
      onConnected: isConnected => {
        if (isConnected === this.#isConnected) return;
        this.#isConnected = isConnected;
        for (const listener of this.#connectionListeners) listener();
      },
      sink: {
        put: object => this.#tell(this.#store.put(transform(object))),
        remove: object => this.#tell(this.#store.remove(transform(object))),
        replace: objects => {
          this.#tell(this.#store.replace(objects));
          this.#isSynced = true;
          markSynced();
        },
        shrink: transform,
      },
    });
  }

  /** Whether the first list is complete. */
  get isSynced(): boolean {
    return this.#isSynced;
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

  /** Tells when {@link Informer.isConnected} changes; gives a function that ends that. */
  onConnection(listener: () => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  /** Tries again now, when somebody knows that the server is back. */
  retryNow(): void {
    this.#reflector.retryNow();
  }

  /** Starts; stops when the signal aborts. */
  start(signal: AbortSignal): this {
    this.#reflector.run(signal).catch(this.#onError);
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

  #tell(changes: Change<T>[]): void {
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

/** The object without `metadata.managedFields`, usually more than half of its size. */
export function dropManagedFields<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata as T['metadata'] & {
    managedFields?: unknown;
  };
  return { ...object, metadata };
}
