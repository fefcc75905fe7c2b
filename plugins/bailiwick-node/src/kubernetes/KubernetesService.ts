import type {
  Event,
  Informer,
  InformerOptions,
  KubeClient,
  KubeObject,
  Pod,
} from '@bailiwick/backstage-kube-controller';
import type {
  App,
  Build,
  ChangeRequest,
  Cluster,
  Connection,
  DomainPack,
  Grant,
  Plan,
  Release,
  Run,
  Tenant,
  Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { ClusterView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { LiveList } from './LiveList';

/** Lists that the portal watches once for all users. @public */
export interface WatchedLists {
  plans: LiveList<Plan>;
  packs: LiveList<DomainPack>;
  tenants: LiveList<Tenant>;
  requests: LiveList<ChangeRequest>;
  apps: LiveList<App>;
  clusters: LiveList<Cluster>;
  connections: LiveList<Connection>;
  grants: LiveList<Grant>;
  releases: LiveList<Release>;
  runs: LiveList<Run>;
  builds: LiveList<Build>;
  workspaces: LiveList<Workspace>;
  /** Pods of apps, in all environments. */
  pods: LiveList<Pod>;
  /** Events in all namespaces. */
  events: LiveList<Event>;
}

/** Options of a call to a pod; by default a GET with a timeout of 5 s. @public */
export interface PodCallOptions {
  /** Body, sent as JSON by POST. */
  body?: object;
  /** Timeout in milliseconds. */
  timeout?: number;
  /** Maximum size of the response in bytes; 1,000,000 by default. */
  maxBytes?: number;
  /** Whether integers that a number cannot hold become text with their digits. */
  exactIntegers?: boolean;
  /** Ends the call when it aborts. */
  signal?: AbortSignal;
}

/**
 * The portal's access to Kubernetes: a shared watch cache for reads, and clients that act as a person for writes. The
 * portal's own identity can only watch, impersonate, and suspend tokens.
 *
 * @public
 */
export interface KubernetesService {
  /**
   * Returns a client that acts as a person.
   *
   * @throws ServiceUnavailableError before the cluster has responded once
   */
  as(person: Person): KubeClient;
  /**
   * Returns a client that acts as a person on the cluster of an environment's namespace.
   *
   * @throws ServiceUnavailableError as {@link KubernetesService.as}, and if the portal has no credentials for that
   * cluster
   */
  asIn(person: Person, namespace: string): KubeClient;
  /**
   * Calls a port of a pod under the portal's identity. Returns the parsed body of a JSON response, otherwise its
   * text.
   *
   * @throws KubeApiError, KubeConnectionError if the pod does not respond in time
   */
  callPod<T = string>(
    pod: { namespace: string; name: string; port: number },
    path: string,
    question?: PodCallOptions,
  ): Promise<T>;
  readonly lists: WatchedLists;
  /**
   * Watches a kind under the portal's identity until the signal aborts, for readers who come and go.
   *
   * @param cluster - name of a Cluster; the portal's own by default
   * @throws ServiceUnavailableError before the portal's cluster has responded once, and if the portal has no
   * credentials for another cluster
   */
  watch<T extends KubeObject>(
    options: Omit<InformerOptions<T>, 'client'>,
    signal: AbortSignal,
    cluster?: string,
  ): Informer<T>;
  /**
   * Returns the progress of the cluster's start and whether it responds; {@link KubernetesService.onProgress} reports
   * changes.
   */
  progress(): ClusterView;
  onProgress(listener: () => void): () => void;
  /** Address of the API server, `undefined` while unknown. */
  server(): string | undefined;
}
