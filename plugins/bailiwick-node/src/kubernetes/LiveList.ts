import type {
  Change,
  Informer,
  KubeObject,
} from '@bailiwick/backstage-kube-controller';

/**
 * A watched list that can be read and subscribed to before the cluster is there; it is empty
 * until an informer is attached.
 */
export class LiveList<T extends KubeObject> {
  #informer?: Informer<T>;
  readonly #listeners = new Set<(change: Change<T>) => void>();

  /** Lets the list follow an informer. */
  attach(informer: Informer<T>): void {
    this.#informer = informer;
    informer.onChange(change => {
      for (const listener of this.#listeners) listener(change);
    });
  }

  /** All objects now. */
  list(): T[] {
    return this.#informer?.list() ?? [];
  }

  /** One object, `undefined` when there is none. */
  get(name: string, namespace?: string): T | undefined {
    return this.#informer?.get(name, namespace);
  }

  /** Calls the listener on each change until the returned function is called. */
  subscribe(listener: (change: Change<T>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
