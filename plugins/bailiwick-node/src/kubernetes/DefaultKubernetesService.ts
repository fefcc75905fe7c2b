import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  coreKinds,
  Informer,
  KubeClient,
  resourcePath,
  type InformerOptions,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  buildKind,
  changeRequestKind,
  clusterKind,
  connectionKind,
  domainPackKind,
  grantKind,
  planKind,
  releaseKind,
  runKind,
  tenantKind,
  workspaceKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { ClusterView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { setTimeout as pause } from 'node:timers/promises';
import { ClusterHealthMonitor } from './ClusterHealthMonitor';
import {
  progressMessage,
  nodeWarning,
  readClusterState,
  type ClusterState,
} from './clusterState';
import type {
  KubernetesService,
  PodCallOptions,
  WatchedLists,
} from './KubernetesService';
import { LiveList } from './LiveList';
import { OperatorMonitor, operatorLease } from './OperatorMonitor';
import { TargetClusters } from './TargetClusters';
import { podsOfApps } from './podsOfApps';

const retryMs = 500;
/** Default timeout in milliseconds and maximum size in bytes of a pod's response. */
const answerMs = 5_000;
const longestAnswer = 1_000_000;

interface ConnectionOptions {
  kubeconfig?: string;
  context?: string;
  stateFile?: string;
}

/** Connects as soon as the kubeconfig exists and the kinds are installed, then watches. */
export class DefaultKubernetesService implements KubernetesService {
  readonly #options: ConnectionOptions;
  readonly #logger: LoggerService;
  readonly #stopping = new AbortController();
  readonly #progressListeners = new Set<() => void>();
  #client?: KubeClient;
  #targets?: TargetClusters;
  #health?: ClusterHealthMonitor;
  #operator?: OperatorMonitor;
  /** Whether all lists have been synced once. */
  #connected = false;
  #state?: ClusterState;
  #notified = '';

  readonly lists: WatchedLists = {
    plans: new LiveList(),
    packs: new LiveList(),
    tenants: new LiveList(),
    requests: new LiveList(),
    apps: new LiveList(),
    clusters: new LiveList(),
    connections: new LiveList(),
    grants: new LiveList(),
    releases: new LiveList(),
    runs: new LiveList(),
    builds: new LiveList(),
    workspaces: new LiveList(),
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

  private constructor(options: ConnectionOptions, logger: LoggerService) {
    this.#options = options;
    this.#logger = logger;
  }

  as({ user, groups }: Person): KubeClient {
    if (!this.#client || !this.#connected) {
      throw new ServiceUnavailableError(this.progress().message);
    }
    return this.#client.as({ user, groups });
  }

  asIn(person: Person, namespace: string): KubeClient {
    const own = this.as(person);
    const { user, groups } = person;
    return this.#clientOn(namespace)?.as({ user, groups }) ?? own;
  }

  watch<T extends KubeObject>(
    options: Omit<InformerOptions<T>, 'client'>,
    signal: AbortSignal,
    cluster?: string,
  ): Informer<T> {
    if (!this.#client || !this.#connected)
      throw new ServiceUnavailableError(this.progress().message);
    const other =
      cluster === undefined ? undefined : this.#targets?.clientOf(cluster);
    return new Informer<T>({ ...options, client: other ?? this.#client }).start(
      AbortSignal.any([signal, this.#stopping.signal]),
    );
  }

  async callPod<T = string>(
    {
      name,
      namespace,
      port,
    }: { namespace: string; name: string; port: number },
    path: string,
    {
      body,
      exactIntegers,
      maxBytes = longestAnswer,
      signal,
      timeout = answerMs,
    }: PodCallOptions = {},
  ): Promise<T> {
    if (!this.#client)
      throw new ServiceUnavailableError(this.progress().message);
    const proxy = resourcePath(coreKinds.pods, {
      namespace,
      name: `${name}:${port}`,
      subresource: 'proxy',
    });
    const client = this.#clientOn(namespace) ?? this.#client;
    return client.request<T>({
      method: body === undefined ? 'GET' : 'POST',
      path: proxy + path,
      body,
      timeout,
      maxBytes,
      exactIntegers,
      signal,
    });
  }

  server(): string | undefined {
    return this.#client?.server;
  }

  progress(): ClusterView {
    const lost = this.#health?.staleness();
    const stale = lost ?? this.#operator?.staleness();
    const warning = nodeWarning(this.lists.clusters.list());
    return {
      ready: this.#connected && !lost,
      message: progressMessage(this.#connected, this.#state, {
        stale,
        warning,
      }),
      ...(stale && { stale }),
      ...(warning && { warning }),
      steps: this.#state?.steps ?? [],
    };
  }

  onProgress(listener: () => void): () => void {
    this.#progressListeners.add(listener);
    return () => this.#progressListeners.delete(listener);
  }

  /** Returns a client of the cluster of an environment; `undefined` for the portal's own cluster. */
  #clientOn(namespace: string): KubeClient | undefined {
    const [tenant, environment] = namespace.split('--');
    const cluster = this.lists.tenants
      .get(tenant)
      ?.spec.environments.find(({ name }) => name === environment)?.cluster;
    return cluster === undefined ? undefined : this.#targets?.clientOf(cluster);
  }

  /** Starts to connect and returns immediately. */
  start(): void {
    this.#connect().catch(error =>
      this.#logger.error('The watch stopped', error),
    );
    this.#followState().catch(error =>
      this.#logger.error('Progress reporting stopped', error),
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
          // Otherwise, a cluster with kinds of an older version loses what people entered.
          fieldValidation: 'Strict',
        });
        await this.#client.resource(tenantKind).list({ signal });
        const health = new ClusterHealthMonitor({
          client: this.#client,
          onChange: () => this.#notify(),
        });
        await this.#watch(this.#client, health);
        this.#targets = new TargetClusters({
          client: this.#client,
          lists: this.lists,
          logger: this.#logger,
        });
        this.#targets.start(signal);
        this.#operator = this.#followOperator(this.#client);
        this.#connected = true;
        this.#health = health;
        this.lists.clusters.subscribe(() => this.#notify());
        this.#notify();
        await health.run(signal);
      } catch (error) {
        this.#logger.debug(`The cluster is unreachable: ${error}`);
        await pause(retryMs, undefined, { ref: false });
      }
    }
  }

  async #watch(
    client: KubeClient,
    health: ClusterHealthMonitor,
  ): Promise<void> {
    const follow = <T extends KubeObject>(
      list: LiveList<T>,
      type: ResourceType<T>,
      selection: Pick<InformerOptions<T>, 'labelSelector' | 'transform'> = {},
    ) => {
      const informer = new Informer<T>({
        client,
        type,
        ...selection,
        onError: error =>
          this.#logger.warn(`Watch of ${type.plural} failed: ${error}`),
      });
      list.attach(informer);
      health.follow(informer);
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
      follow(lists.clusters, clusterKind),
      follow(lists.connections, connectionKind),
      follow(lists.grants, grantKind),
      follow(lists.releases, releaseKind),
      follow(lists.runs, runKind),
      follow(lists.builds, buildKind),
      follow(lists.workspaces, workspaceKind),
      follow(lists.pods, coreKinds.pods, podsOfApps),
      follow(lists.events, coreKinds.events),
    ]);
  }

  #followOperator(client: KubeClient): OperatorMonitor {
    const { signal } = this.#stopping;
    const { name, namespace } = operatorLease;
    const leases = new Informer({
      client,
      type: coreKinds.leases,
      namespace,
      fieldSelector: `metadata.name=${name}`,
    });
    const operator = new OperatorMonitor({
      leases,
      onChange: () => this.#notify(),
    });
    leases.start(signal);
    operator.run(signal);
    return operator;
  }

  /** Reads the state file while the cluster starts; it is local and small. */
  async #followState(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#state = await readClusterState(this.#options.stateFile);
      this.#notify();
      const wait = this.#connected ? 5_000 : retryMs;
      await pause(wait, undefined, { ref: false });
    }
  }

  #notify(): void {
    const progress = this.progress();
    // The age grows by itself and is no change.
    const now = JSON.stringify({ ...progress, stale: progress.stale?.why });
    if (now === this.#notified) return;
    this.#notified = now;
    for (const listener of this.#progressListeners) listener();
  }
}
