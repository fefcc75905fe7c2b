import { keyOf, toKey, type KubeObject } from '../objects';
import { isNewer, versionOf } from './versions';

/** What happened to an object of a store. */
export type Change<T> = {
  object: T;
  /** In the first list. */
  isInitial?: true;
} & (
  | { type: 'added'; previous?: undefined }
  | { type: 'updated'; previous: T }
  | { type: 'deleted'; previous?: undefined }
);

/** Finds the index values of an object. */
export type IndexOf<T> = (object: T) => string[];

const differs = (version: string, than: string) => version !== than;

/**
 * Objects by key, with indexes. It tells objects of the same name apart by uid: one that was
 * deleted and made again is a deletion and an addition. Older versions of an object are ignored.
 */
export class ObjectStore<T extends KubeObject> {
  readonly #objects = new Map<string, T>();
  readonly #indexes = new Map<
    string,
    { of: IndexOf<T>; keys: Map<string, Set<string>> }
  >();
  #version = '';

  constructor(indexes: Record<string, IndexOf<T>> = {}) {
    for (const [name, of] of Object.entries(indexes)) {
      this.#indexes.set(name, { of, keys: new Map() });
    }
  }

  /** Version up to which the store knows everything that happened; empty before the first list. */
  get version(): string {
    return this.#version;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(name: string, namespace?: string): T | undefined {
    return this.#objects.get(toKey(name, namespace));
  }

  list(): T[] {
    return [...this.#objects.values()];
  }

  /** The objects with a value in an index. @throws Error when there is no such index. */
  index(name: string, value: string): T[] {
    const index = this.#indexes.get(name);
    if (!index) throw new Error(`There is no index "${name}"`);
    return [...(index.keys.get(value) ?? [])].map(
      key => this.#objects.get(key)!,
    );
  }

  /** Remembers that everything up to a version was told. */
  advance(version: string): void {
    if (isNewer(version, this.#version)) this.#version = version;
  }

  /** Puts an object in; gives what that changed. */
  put(object: T): Change<T>[] {
    return this.#put(object, isNewer);
  }

  /**
   * Puts an object in that a write of this process returned, ahead of the watch. What the watch has
   * passed already is left out: the object may be gone since.
   */
  learn(object: T): Change<T>[] {
    return isNewer(versionOf(object), this.#version) ? this.put(object) : [];
  }

  /** Takes an object out, unless the store already has a successor of it. */
  remove(object: T): Change<T>[] {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    if (!previous || previous.metadata.uid !== object.metadata.uid) return [];
    this.#unset(key, previous);
    return [{ type: 'deleted', object }];
  }

  /**
   * Makes the content equal to a complete list; gives what that changed. Objects that were learnt
   * after the list was taken stay, unless the server was set back, such as restored from a backup:
   * then what it lists counts although it is older.
   */
  replace(objects: T[], version: string, wasSetBack = false): Change<T>[] {
    const listed = new Set(objects.map(keyOf));
    const gone = this.list().filter(
      object =>
        !listed.has(keyOf(object)) &&
        (wasSetBack || !isNewer(versionOf(object), version)),
    );
    const isNews = wasSetBack ? differs : isNewer;
    this.#version = version;
    return [
      ...gone.flatMap(object => this.remove(object)),
      ...objects.flatMap(object => this.#put(object, isNews)),
    ];
  }

  #put(
    object: T,
    isNews: (version: string, than: string) => boolean,
  ): Change<T>[] {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    if (!previous) return [this.#set(key, object)];
    // Also of two objects of one name the later one counts.
    if (!isNews(versionOf(object), versionOf(previous))) return [];
    if (previous.metadata.uid !== object.metadata.uid) {
      return [this.#unset(key, previous), this.#set(key, object)];
    }
    this.#unset(key, previous);
    this.#set(key, object);
    return [{ type: 'updated', object, previous }];
  }

  #set(key: string, object: T): Change<T> {
    this.#objects.set(key, object);
    for (const { of, keys } of this.#indexes.values()) {
      for (const value of of(object)) {
        const found = keys.get(value) ?? new Set();
        keys.set(value, found.add(key));
      }
    }
    return { type: 'added', object };
  }

  #unset(key: string, object: T): Change<T> {
    this.#objects.delete(key);
    for (const { of, keys } of this.#indexes.values()) {
      for (const value of of(object)) {
        const found = keys.get(value);
        found?.delete(key);
        if (found?.size === 0) keys.delete(value);
      }
    }
    return { type: 'deleted', object };
  }
}

/**
 * Whether more than the status of an object changed: it came, it goes, or it wants something else.
 * Kubernetes counts changes of the spec in `metadata.generation`.
 */
export function isSpecChange({
  object,
  previous,
}: Pick<Change<KubeObject>, 'object' | 'previous'>): boolean {
  return (
    previous?.metadata.generation !== object.metadata.generation ||
    previous?.metadata.deletionTimestamp !== object.metadata.deletionTimestamp
  );
}
