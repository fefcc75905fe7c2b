import { StarvedError } from './StarvedError';
import {
  Informer,
  toKey,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { childKinds, type BenchApp } from '../scenario';

/** Observes the objects that an operator creates for apps from outside: metadata only, with its own watches. */
export class ChildWatch {
  readonly #informers: Informer<KubeObject>[];
  readonly #stop = new AbortController();
  /** Listeners for changes of children. */
  readonly #waiting = new Set<() => void>();
  /** Listeners for the next change of a Deployment, by key. */
  readonly #edits = new Map<string, () => void>();

  constructor(client: KubeClient) {
    this.#informers = childKinds.map(
      type =>
        new Informer({
          client,
          type,
          labelSelector: labels.app,
          metadataOnly: true,
          transform: leanest,
          onError: error => process.stderr.write(`${error}\n`),
        }),
    );
    for (const informer of this.#informers)
      informer.onChange(() => this.#waiting.forEach(wake => wake()));
    this.#deployments.onChange(({ type, object, previous }) => {
      if (type !== 'updated') return;
      const { name, namespace, generation } = object.metadata;
      if (generation !== previous.metadata.generation)
        this.#edits.get(toKey(name, namespace))?.();
    });
  }

  /** Starts, and waits until the existing objects are known. */
  async start(): Promise<this> {
    for (const one of this.#informers) one.start(this.#stop.signal);
    await Promise.all(this.#informers.map(({ synced }) => synced));
    return this;
  }

  /** Number of children. */
  get count(): number {
    return this.#informers.reduce((sum, { size }) => sum + size, 0);
  }

  /** Waits until there are so many children. @throws Error when they are not there in time */
  async reaches(count: number, seconds = 1200): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.count} of ${count} children are there`)),
        seconds * 1000,
      );
      const look = () => {
        if (this.count !== count) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Waits until the Deployment of an app wants something else than now. */
  async edited({ name, namespace }: BenchApp, seconds = 120): Promise<number> {
    const key = toKey(name, namespace);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#edits.delete(key);
        reject(new StarvedError(`The edit of ${key} had no effect`));
      }, seconds * 1000);
      this.#edits.set(key, () => {
        clearTimeout(timer);
        this.#edits.delete(key);
        resolve(performance.now());
      });
    });
  }

  stop(): void {
    this.#stop.abort();
  }

  get #deployments(): Informer<KubeObject> {
    return this.#informers.find(({ type }) => type.kind === 'Deployment')!;
  }
}

function leanest({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, generation } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid, resourceVersion, generation },
  };
}
