import { KubeClient, type KubeClientOptions } from '../client';
import type { KubeconfigSource } from '../connection';
import { coreKinds, type Secret } from '../objects';
import { Informer } from './Informer';

/** Options of {@link ClientsBySecret}. @public */
export interface ClientsBySecretOptions
  extends Omit<KubeClientOptions, keyof KubeconfigSource> {
  /** Reads the Secrets. */
  client: KubeClient;
  namespace: string;
  labelSelector?: string;
  /** Called when the Secrets cannot be read; reading is retried. */
  onError?: (error: unknown) => void;
}

/** Milliseconds that open requests have after their credentials were replaced. */
const grace = 60_000;

/** Clients of other clusters by Secrets with a key `kubeconfig`; replaced when these change. @public */
export class ClientsBySecret {
  readonly #options: ClientsBySecretOptions;
  readonly #secrets: Informer<Secret>;
  readonly #opened = new Map<string, KubeClient>();

  constructor(options: ClientsBySecretOptions) {
    const { client, labelSelector, namespace, onError } = options;
    this.#options = options;
    this.#secrets = new Informer({
      client,
      type: coreKinds.secrets,
      namespace,
      labelSelector,
      onError,
    });
    this.#secrets.onChange(({ object }) => this.#forget(object.metadata.name));
  }

  /** Starts watching the Secrets; stops and closes all clients when the signal aborts. */
  start(signal: AbortSignal): this {
    this.#secrets.start(signal);
    const close = () => {
      for (const client of this.#opened.values()) client.close();
      this.#opened.clear();
    };
    signal.addEventListener('abort', close, { once: true });
    return this;
  }

  /** Calls a listener with the name of each changed Secret. @returns a function that removes it */
  onChange(listener: (secret: string) => void): () => void {
    return this.#secrets.onChange(({ object }) =>
      listener(object.metadata.name),
    );
  }

  /**
   * Returns the client of a Secret; `undefined` when it does not exist.
   *
   * @throws KubeconfigError when its kubeconfig is unusable
   */
  get(secret: string): KubeClient | undefined {
    const known = this.#opened.get(secret);
    if (known) return known;
    const { namespace, userAgent, observe } = this.#options;
    const found = this.#secrets.get(secret, namespace);
    if (!found) return undefined;
    const data = found.data?.kubeconfig ?? '';
    const text = Buffer.from(data, 'base64').toString('utf8');
    const client = KubeClient.fromKubeconfigText({ text, userAgent, observe });
    this.#opened.set(secret, client);
    return client;
  }

  #forget(secret: string): void {
    const known = this.#opened.get(secret);
    if (!known) return;
    this.#opened.delete(secret);
    setTimeout(() => known.close(), grace).unref();
  }
}
