import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ClientsBySecret,
  coreKinds,
  Informer,
  type InformerOptions,
  type KubeClient,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { WatchedLists } from './KubernetesService';
import type { LiveList } from './LiveList';
import { podsOfApps } from './podsOfApps';

/** Namespace of the Secrets with the portal's kubeconfigs of target clusters. */
const secretsNamespace = 'bailiwick-portal';

/** Watches the pods and events of the target clusters. */
export class TargetClusters {
  readonly #clients: ClientsBySecret;
  readonly #lists: Pick<WatchedLists, 'clusters' | 'events' | 'pods'>;
  readonly #logger: LoggerService;
  /** Watched clusters, by name. */
  readonly #followed = new Map<string, { client: KubeClient; end(): void }>();

  constructor(options: {
    client: KubeClient;
    lists: Pick<WatchedLists, 'clusters' | 'events' | 'pods'>;
    logger: LoggerService;
  }) {
    const { client, lists, logger } = options;
    this.#lists = lists;
    this.#logger = logger;
    this.#clients = new ClientsBySecret({
      client,
      namespace: secretsNamespace,
      labelSelector: `${labels.kubeconfig}=true`,
      userAgent: 'bailiwick-portal',
      onError: error => logger.warn(`Watch of kubeconfigs failed: ${error}`),
    });
    this.#clients.onChange(secret => {
      for (const { metadata, spec } of lists.clusters.list())
        if (spec.credentials?.secret === secret) this.#follow(metadata.name);
    });
  }

  /** Starts to watch, until the signal aborts. */
  start(signal: AbortSignal): void {
    this.#clients.start(signal);
    const unsubscribe = this.#lists.clusters.subscribe(({ object }) =>
      this.#follow(object.metadata.name),
    );
    signal.addEventListener('abort', () => {
      unsubscribe();
      for (const { end } of this.#followed.values()) end();
      this.#followed.clear();
    });
  }

  /**
   * Returns a client of a cluster; `undefined` for the portal's own cluster.
   *
   * @throws ServiceUnavailableError if the portal has no credentials for it
   */
  clientOf(cluster: string): KubeClient | undefined {
    const secret = this.#secretOf(cluster);
    if (secret === undefined) return undefined;
    const client = this.#open(cluster, secret);
    if (!client)
      throw new ServiceUnavailableError(
        `The portal has no credentials for cluster ${cluster}; ask the platform team to create the Secret ${secretsNamespace}/${secret}`,
      );
    return client;
  }

  /** Returns the name of the Secret of a cluster, `undefined` for the portal's own. */
  #secretOf(cluster: string): string | undefined {
    return this.#lists.clusters.get(cluster)?.spec.credentials?.secret;
  }

  #open(cluster: string, secret: string): KubeClient | undefined {
    try {
      return this.#clients.get(secret);
    } catch (error) {
      this.#logger.warn(`Cluster ${cluster} is unreachable: ${error}`);
      return undefined;
    }
  }

  #follow(cluster: string): void {
    const secret = this.#secretOf(cluster);
    const client =
      secret === undefined ? undefined : this.#open(cluster, secret);
    const before = this.#followed.get(cluster);
    if (before?.client === client) return;
    before?.end();
    this.#followed.delete(cluster);
    if (!client) return;
    const stop = new AbortController();
    const unsubscribe = [
      this.#watch(client, coreKinds.events, this.#lists.events, stop.signal),
      this.#watch(
        client,
        coreKinds.pods,
        this.#lists.pods,
        stop.signal,
        podsOfApps,
      ),
    ];
    this.#followed.set(cluster, {
      client,
      end() {
        stop.abort();
        unsubscribe.forEach(one => one());
      },
    });
  }

  #watch<T extends KubeObject>(
    client: KubeClient,
    type: ResourceType<T>,
    list: LiveList<T>,
    signal: AbortSignal,
    selection: Pick<InformerOptions<T>, 'labelSelector' | 'transform'> = {},
  ): () => void {
    const informer = new Informer<T>({
      client,
      type,
      ...selection,
      onError: error =>
        this.#logger.debug(
          `Watch of ${type.plural} on ${client.server} failed: ${error}`,
        ),
    });
    const unsubscribe = list.attach(informer);
    informer.start(signal);
    return unsubscribe;
  }
}
