import type {
  Event,
  KubeClient,
  Pod,
} from '@bailiwick/backstage-kube-controller';
import type {
  App,
  ChangeRequest,
  ClusterView,
  DomainPack,
  Grant,
  Person,
  Plan,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { LiveList } from './LiveList';

/** The lists the portal watches once for all its readers. */
export interface WatchedLists {
  plans: LiveList<Plan>;
  packs: LiveList<DomainPack>;
  tenants: LiveList<Tenant>;
  requests: LiveList<ChangeRequest>;
  apps: LiveList<App>;
  grants: LiveList<Grant>;
  /** Pods of apps, in all environments. */
  pods: LiveList<Pod>;
  /** Events in all namespaces. */
  events: LiveList<Event>;
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
  readonly lists: WatchedLists;
  /** How far the cluster is, and whether it answers now; changes are told to {@link KubernetesService.onProgress}. */
  progress(): ClusterView;
  onProgress(listener: () => void): () => void;
  /** Address of the API server, `undefined` while it is not known. */
  server(): string | undefined;
}
