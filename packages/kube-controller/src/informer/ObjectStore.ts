import { keyOf, toKey, type KubeObject } from '../objects';

/** What happened to an object of a store. */
export type Change<T> =
  | { type: 'added'; object: T; previous?: undefined }
  | { type: 'updated'; object: T; previous: T }
  | { type: 'deleted'; object: T; previous?: undefined };

/** Finds the index values of an object. */
export type IndexOf<T> = (object: T) => string[];

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

  constructor(indexes: Record<string, IndexOf<T>> = {}) {
    for (const [name, of] of Object.entries(indexes)) {
      this.#indexes.set(name, { of, keys: new Map() });
    }
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

  /** Puts an object in; gives what that changed. */
  put(object: T): Change<T>[] {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    if (!previous) return [this.#set(key, object)];
    if (previous.metadata.uid !== object.metadata.uid) {
      return [this.#unset(key, previous), this.#set(key, object)];
    }
    if (!isNewer(object, previous)) return [];
    this.#unset(key, previous);
    this.#set(key, object);
    return [{ type: 'updated', object, previous }];
  }

  /** Takes an object out, unless the store already has a successor of it. */
  remove(object: T): Change<T>[] {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    if (!previous || previous.metadata.uid !== object.metadata.uid) return [];
    this.#unset(key, previous);
    return [{ type: 'deleted', object }];
  }

  /** Makes the content equal to a complete list; gives what that changed. */
  replace(objects: T[]): Change<T>[] {
    const kept = new Set(objects.map(keyOf));
    const gone = this.list().filter(object => !kept.has(keyOf(object)));
    return [
      ...gone.flatMap(object => this.remove(object)),
      ...objects.flatMap(object => this.put(object)),
    ];
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

// Resource versions are decimal numbers that grow (KEP-5504).
function isNewer(object: KubeObject, than: KubeObject): boolean {
  const a = object.metadata.resourceVersion ?? '';
  const b = than.metadata.resourceVersion ?? '';
  return a.length === b.length ? a > b : a.length > b.length;
}
