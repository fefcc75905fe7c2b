import type {
  Change,
  Informer,
  KubeObject,
} from '@bailiwick/backstage-kube-controller';

/**
 * A watched list that can be read and subscribed to before the cluster is available; it is empty until an informer is
 * attached. With several informers, such as those of several clusters, it contains the objects of all.
 *
 * @public
 */
export class LiveList<T extends KubeObject> {
  readonly #informers = new Set<Informer<T>>();
  readonly #listeners = new Set<(change: Change<T>) => void>();

  /** Attaches an informer until the returned function is called. */
  attach(informer: Informer<T>): () => void {
    this.#informers.add(informer);
    const unsubscribe = informer.onChange(change => this.#notify(change));
    return () => {
      unsubscribe();
      this.#informers.delete(informer);
      for (const object of informer.list())
        this.#notify({ type: 'deleted', object });
    };
  }

  /** Returns all current objects. */
  list(): T[] {
    return [...this.#informers].flatMap(informer => informer.list());
  }

  /** Returns one object, `undefined` if it does not exist. */
  get(name: string, namespace?: string): T | undefined {
    for (const informer of this.#informers) {
      const found = informer.get(name, namespace);
      if (found) return found;
    }
    return undefined;
  }

  /** Calls the listener on each change until the returned function is called. */
  subscribe(listener: (change: Change<T>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(change: Change<T>): void {
    for (const listener of this.#listeners) listener(change);
  }
}
