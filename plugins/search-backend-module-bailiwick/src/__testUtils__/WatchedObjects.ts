import type { KubeObject } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

const kinds = ['apps', 'packs', 'plans', 'requests', 'tenants'] as const;
type Content = Partial<
  Record<(typeof kinds)[number], KubeObject<unknown, unknown>[]>
>;

/** The watched lists of a portal, with content that a test sets. */
export class WatchedObjects {
  readonly #listeners = new Set<() => void>();
  #content: Content;
  #ready = true;

  constructor(content: Content = {}) {
    this.#content = content;
  }

  /** Replaces lists and notifies the subscribers. */
  change(content: Content, ready = true): void {
    this.#content = { ...this.#content, ...content };
    this.#ready = ready;
    this.#listeners.forEach(listener => listener());
  }

  /** Number of subscriptions. */
  get subscribers(): number {
    return this.#listeners.size;
  }

  /** The part of the service that search uses. */
  get service(): KubernetesService {
    const subscribe = (listener: () => void) => {
      // Each subscription counts, also of the same listener.
      const own = () => listener();
      this.#listeners.add(own);
      return () => this.#listeners.delete(own);
    };
    const listOf = (kind: (typeof kinds)[number]) => ({
      list: () => this.#content[kind] ?? [],
      get: (name: string, namespace?: string) =>
        this.#content[kind]?.find(
          ({ metadata }) =>
            metadata.name === name && metadata.namespace === namespace,
        ),
      subscribe,
    });
    return {
      progress: () => ({ ready: this.#ready }),
      onProgress: subscribe,
      lists: Object.fromEntries(kinds.map(kind => [kind, listOf(kind)])),
    } as unknown as KubernetesService;
  }
}
