import { keyOf, toKey, type KubeObject } from '../objects';
import { isNewer, versionOf } from './versions';

/** Change of an object in a store. @public */
export type Change<T> = {
  object: T;
  /** Whether the object is of the first list. */
  isInitial?: true;
} & (
  | { type: 'added'; previous?: undefined }
  | { type: 'updated'; previous: T }
  | { type: 'deleted'; previous?: undefined }
);

/** Returns the index values of an object. @public */
export type IndexOf<T> = (object: T) => string[];

const differs = (version: string, than: string) => version !== than;

/**
 * Store of objects by key with indexes. Distinguishes objects of one name by uid: recreation is a
 * deletion and an addition. Ignores older versions of an object.
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

  /** Version up to which the store is complete; empty before the first list. */
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

  /** Returns the objects with a value in an index. @throws Error for an unknown index */
  index(name: string, value: string): T[] {
    const index = this.#indexes.get(name);
    if (!index) throw new Error(`Unknown index "${name}"`);
    return [...(index.keys.get(value) ?? [])].map(
      key => this.#objects.get(key)!,
    );
  }

  /** Records that the store is complete up to a version. */
  advance(version: string): void {
    if (isNewer(version, this.#version)) this.#version = version;
  }

  /** Puts an object into the store. @returns the changes */
  put(object: T): Change<T>[] {
    return this.#put(object, isNewer);
  }

  /**
   * Puts the result of an own write into the store, ahead of the watch. Ignores versions that the
   * watch has passed, as the object may have been deleted since.
   */
  learn(object: T): Change<T>[] {
    return isNewer(versionOf(object), this.#version) ? this.put(object) : [];
  }

  /** Removes an object, unless the store already has its successor. */
  remove(object: T): Change<T>[] {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    if (!previous || previous.metadata.uid !== object.metadata.uid) return [];
    this.#unset(key, previous);
    return [{ type: 'deleted', object }];
  }

  /**
   * Replaces the content with a complete list and returns the changes. Keeps own writes that are
   * newer than the list, unless the server was set back, such as restored from a backup.
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
    // Of two objects of one name, the later one wins.
    if (!isNews(versionOf(object), versionOf(previous))) return [];
    if (previous.metadata.uid !== object.metadata.uid) {
      return [this.#unset(key, previous), this.#set(key, object)];
    }
    // It keeps its place in the list, so that unchanged lists can be recognized.
    this.#unindex(key, previous);
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
    this.#unindex(key, object);
    return { type: 'deleted', object };
  }

  #unindex(key: string, object: T): void {
    for (const { of, keys } of this.#indexes.values()) {
      for (const value of of(object)) {
        const found = keys.get(value);
        found?.delete(key);
        if (found?.size === 0) keys.delete(value);
      }
    }
  }
}

/**
 * Whether more than the status of an object changed: it was added, deleted, or its
 * `metadata.generation`, which counts changes of the spec, differs.
 *
 * @public
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
