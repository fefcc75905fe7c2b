import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  coreKinds,
  Informer,
  KubeClient,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  domainPackKind,
  grantKind,
  labels,
  managedBy,
  planKind,
  tenantKind,
  type ClusterView,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { ClusterPulse } from './ClusterPulse';
import {
  progressMessage,
  readClusterState,
  type ClusterState,
} from './clusterState';
import type { KubernetesService, WatchedLists } from './KubernetesService';
import { LiveList } from './LiveList';

const retryMs = 500;

/** Connects as soon as the kubeconfig is there and the kinds are installed, then watches. */
export class DefaultKubernetesService implements KubernetesService {
  readonly #options: {
    kubeconfig?: string;
    context?: string;
    stateFile?: string;
  };
  readonly #logger: LoggerService;
  readonly #stopping = new AbortController();
  readonly #progressListeners = new Set<() => void>();
  #client?: KubeClient;
  #pulse?: ClusterPulse;
  /** Whether all lists were complete once. */
  #connected = false;
  #state?: ClusterState;
  #told = '';

  readonly lists: WatchedLists = {
    plans: new LiveList(),
    packs: new LiveList(),
    tenants: new LiveList(),
    requests: new LiveList(),
    apps: new LiveList(),
    grants: new LiveList(),
    pods: new LiveList(),
    events: new LiveList(),
  };

  static fromConfig(
    config: Config,
    options: { logger: LoggerService },
  ): DefaultKubernetesService {
    const kubernetes = config.getOptionalConfig('bailiwick.kubernetes');
    return new DefaultKubernetesService(
      {
        kubeconfig: kubernetes?.getOptionalString('kubeconfig'),
        context: kubernetes?.getOptionalString('context'),
        stateFile: kubernetes?.getOptionalString('stateFile'),
      },
      options.logger,
    );
  }

  private constructor(
    options: { kubeconfig?: string; context?: string; stateFile?: string },
    logger: LoggerService,
  ) {
    this.#options = options;
    this.#logger = logger;
  }

  as({ user, groups }: Person): KubeClient {
    if (!this.#client || !this.#connected) {
      throw new ServiceUnavailableError(this.progress().message);
    }
    return this.#client.as({ user, groups });
  }

  server(): string | undefined {
    return this.#client?.server;
  }

  progress(): ClusterView {
    const stale = this.#pulse?.staleness();
    return {
      ready: this.#connected && !stale,
      message: progressMessage(this.#connected, this.#state, stale),
      ...(stale && { stale }),
      steps: this.#state?.steps ?? [],
    };
  }

  onProgress(listener: () => void): () => void {
    this.#progressListeners.add(listener);
    return () => this.#progressListeners.delete(listener);
  }

  /** Starts to connect; returns at once. */
  start(): void {
    this.#connect().catch(error =>
      this.#logger.error('Watching stopped', error),
    );
    this.#followState().catch(error =>
      this.#logger.error('Progress stopped', error),
    );
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #connect(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted && !this.#connected) {
      try {
        this.#client ??= KubeClient.fromKubeconfig({
          path: this.#options.kubeconfig,
          context: this.#options.context,
          userAgent: 'bailiwick-portal',
        });
        await this.#client.resource(tenantKind).list({ signal });
        const pulse = new ClusterPulse({
          client: this.#client,
          onChange: () => this.#tell(),
        });
        await this.#watch(this.#client, pulse);
        this.#connected = true;
        this.#pulse = pulse;
        this.#tell();
        await pulse.run(signal);
      } catch (error) {
        this.#logger.debug(`The cluster does not answer yet: ${error}`);
        await pause(retryMs);
      }
    }
  }

  async #watch(client: KubeClient, pulse: ClusterPulse): Promise<void> {
    const follow = <T extends KubeObject>(
      list: LiveList<T>,
      type: ResourceType<T>,
      labelSelector?: string,
    ) => {
      const informer = new Informer<T>({
        client,
        type,
        labelSelector,
        onError: error =>
          this.#logger.warn(`Watching ${type.plural}: ${error}`),
      });
      list.attach(informer);
      pulse.follow(informer);
      informer.start(this.#stopping.signal);
      return informer.synced;
    };
    const { lists } = this;
    await Promise.all([
      follow(lists.plans, planKind),
      follow(lists.packs, domainPackKind),
      follow(lists.tenants, tenantKind),
      follow(lists.requests, changeRequestKind),
      follow(lists.apps, appKind),
      follow(lists.grants, grantKind),
      follow(lists.pods, coreKinds.pods, `${labels.managedBy}=${managedBy}`),
      follow(lists.events, coreKinds.events),
    ]);
  }

  /** Reads the state file while the cluster starts; it is local and small. */
  async #followState(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#state = await readClusterState(this.#options.stateFile);
      this.#tell();
      await pause(this.#connected ? 5_000 : retryMs);
    }
  }

  #tell(): void {
    const progress = this.progress();
    // The age grows by itself and is no change.
    const now = JSON.stringify({ ...progress, stale: progress.stale?.why });
    if (now === this.#told) return;
    this.#told = now;
    for (const listener of this.#progressListeners) listener();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms).unref();
  });
}
