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
  ChangeRequest,
  Cluster,
  DomainPack,
  Grant,
  Plan,
  Release,
  Run,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { ClusterView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { LiveList } from './LiveList';

/** The lists the portal watches once for all its readers. */
export interface WatchedLists {
  plans: LiveList<Plan>;
  packs: LiveList<DomainPack>;
  tenants: LiveList<Tenant>;
  requests: LiveList<ChangeRequest>;
  apps: LiveList<App>;
  clusters: LiveList<Cluster>;
  grants: LiveList<Grant>;
  releases: LiveList<Release>;
  runs: LiveList<Run>;
  /** Pods of apps, in all environments. */
  pods: LiveList<Pod>;
  /** Events in all namespaces. */
  events: LiveList<Event>;
}

/** How to call a pod; by default a GET that times out after 5 s. */
export interface PodCallOptions {
  /** Sent as JSON, by POST. */
  body?: object;
  /** Milliseconds to wait for the answer. */
  timeout?: number;
}

/**
 * The portal's access to Kubernetes: one watch cache for reading, and a client that acts as
 * the person who asks. The portal's own identity only watches and impersonates.
 */
export interface KubernetesService {
  /**
   * A client that acts as a person.
   *
   * @throws ServiceUnavailableError until the cluster has answered for the first time.
   */
  as(person: Person): KubeClient;
  /**
   * A client that acts as a person on the cluster on which the namespace of an environment is.
   *
   * @throws ServiceUnavailableError as {@link KubernetesService.as}, and when the portal has no
   * credentials for that cluster
   */
  asIn(person: Person, namespace: string): KubeClient;
  /**
   * What a pod answers on one of its ports, asked by the portal itself: JSON as what it says, all else as text.
   *
   * @throws KubeApiError, KubeConnectionError when it does not answer in time
   */
  callPod<T = string>(
    pod: { namespace: string; name: string; port: number },
    path: string,
    question?: PodCallOptions,
  ): Promise<T>;
  readonly lists: WatchedLists;
  /**
   * Watches a kind as the portal itself, for readers who come and go. It ends with the signal.
   *
   * @param cluster - name of a Cluster; the portal's own when absent
   * @throws ServiceUnavailableError until the portal's cluster has answered for the first time, and
   * when the portal has no credentials for another one
   */
  watch<T extends KubeObject>(
    options: Omit<InformerOptions<T>, 'client'>,
    signal: AbortSignal,
    cluster?: string,
  ): Informer<T>;
  /** How far the cluster is, and whether it answers now; changes are told to {@link KubernetesService.onProgress}. */
  progress(): ClusterView;
  onProgress(listener: () => void): () => void;
  /** Address of the API server, `undefined` while it is not known. */
  server(): string | undefined;
}
