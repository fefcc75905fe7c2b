import {
  KubeClient,
  KubeconfigConnection,
  canI,
  type KubeObject,
  type ResourceClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  buildKind,
  changeRequestKind,
  clusterKind,
  connectionKind,
  domainPackKind,
  planKind,
  releaseKind,
  runKind,
  tenantKind,
  workspaceKind,
  type App,
  type Build,
  type ChangeRequest,
  type Cluster,
  type Connection,
  type DomainPack,
  type Plan,
  type Release,
  type Run,
  type Tenant,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  startTestCluster,
  type TestCluster,
  type TestClusterOptions,
} from '@bailiwick/backstage-testing';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Operator } from '../Operator';
import type { ScalingTimes } from '../placement';
import { CountingConnection } from './CountingConnection';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Typed access to our kinds. */
export const resources = {
  apps: (client: KubeClient) => client.resource<App>(appKind),
  builds: (client: KubeClient) => client.resource<Build>(buildKind),
  clusters: (client: KubeClient) => client.resource<Cluster>(clusterKind),
  connections: (client: KubeClient) =>
    client.resource<Connection>(connectionKind),
  packs: (client: KubeClient) => client.resource<DomainPack>(domainPackKind),
  plans: (client: KubeClient) => client.resource<Plan>(planKind),
  releases: (client: KubeClient) => client.resource<Release>(releaseKind),
  requests: (client: KubeClient) =>
    client.resource<ChangeRequest>(changeRequestKind),
  runs: (client: KubeClient) => client.resource<Run>(runKind),
  tenants: (client: KubeClient) => client.resource<Tenant>(tenantKind),
  workspaces: (client: KubeClient) => client.resource<Workspace>(workspaceKind),
};

/** A control plane with the chart installed, and an operator that has no more rights than it needs. */
export class World {
  readonly admin: KubeClient;
  readonly cluster: TestCluster;
  #operator: Operator | undefined;
  #stopOperator: (() => Promise<void>) | undefined;
  #connection: CountingConnection | undefined;
  readonly #scalingTimes: ScalingTimes | undefined;
  /** Those to other clusters, in the order in which they were opened. */
  readonly targetConnections: CountingConnection[] = [];

  private constructor(cluster: TestCluster, scalingTimes?: ScalingTimes) {
    this.cluster = cluster;
    this.#scalingTimes = scalingTimes;
    this.admin = cluster.client;
  }

  /** @param options - whether pods run, simulated; otherwise nothing starts them. Times of autoscaling. */
  static async start({
    scalingTimes,
    ...options
  }: Pick<TestClusterOptions, 'node' | 'simulatedNode'> & {
    scalingTimes?: ScalingTimes;
  } = {}): Promise<World> {
    const cluster = await startTestCluster({
      chartFolders: ['crds', 'templates'],
      controllerManager: true,
      ...options,
    });
    const world = new World(cluster, scalingTimes);
    // RBAC applies a new role a moment after its creation.
    await eventually('The rights of the operator', () =>
      world.may(world.as('bailiwick:operator'), 'list', 'plans', {
        group: 'bailiwick.dev',
      }),
    );
    world.startOperator();
    return world;
  }

  /** Writes of the running operator so far. */
  get operatorWrites(): string[] {
    if (!this.#connection) throw new Error('No operator runs');
    return this.#connection.writes;
  }

  /** Whether the running operator has loaded the state of its own cluster. */
  get isOperatorReady(): boolean {
    return this.#operator?.isReady ?? false;
  }

  /**
   * Waits until the operator writes nothing for a time. Its last reactions may be late on a busy machine, but an
   * operator that answers its own writes never stops.
   *
   * @throws Error with the writes of the last such time
   */
  async untilQuiet(milliseconds: number): Promise<void> {
    let writes: string[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      const before = this.operatorWrites.length;
      await pause(milliseconds);
      writes = this.operatorWrites.slice(before);
      if (writes.length === 0 && this.isOperatorReady) return;
    }
    throw new Error(`The operator still writes: ${writes.join('\n')}`);
  }

  /** @param now - the present for the operator */
  startOperator(now?: () => Date): void {
    const path = this.cluster.kubeconfig;
    const connection = new CountingConnection(
      KubeconfigConnection.load({ path }),
    );
    const client = new KubeClient({
      connection,
      userAgent: 'bailiwick-operator',
      identity: { user: 'bailiwick:operator' },
    });
    const abort = new AbortController();
    const connect = (text: string) => {
      const opened = new CountingConnection(
        KubeconfigConnection.fromText(text),
      );
      this.targetConnections.push(opened);
      return new KubeClient({ connection: opened, userAgent: 'test' });
    };
    const scalingTimes = this.#scalingTimes;
    const operator = new Operator({
      client,
      connect,
      log: silent,
      now,
      scalingTimes,
    });
    const ended = operator.run(abort.signal);
    this.#operator = operator;
    this.#connection = connection;
    this.#stopOperator = async () => {
      abort.abort();
      await ended;
      await client.close();
    };
  }

  async stopOperator(): Promise<void> {
    await this.#stopOperator?.();
    this.#stopOperator = undefined;
  }

  async stop(): Promise<void> {
    await this.stopOperator();
    await this.admin.close();
    await this.cluster.stop();
  }

  /** The text of a kubeconfig with which the operator comes. */
  async kubeconfig(): Promise<string> {
    return readFile(await this.cluster.identity('bailiwick:operator'), 'utf8');
  }

  /** Creates a tenant and waits until the operator has created all of its parts. */
  async giveTenant(wanted: Tenant): Promise<void> {
    const tenants = resources.tenants(this.admin);
    await tenants.create(wanted);
    const { name } = wanted.metadata;
    const isReady = async () =>
      (await tenants.get(name)).status?.phase === 'Ready';
    await eventually(`The tenant ${name} is ready`, isReady, 60);
  }

  /** The same server in the name of a person. */
  as(user: string, ...groups: string[]): KubeClient {
    return this.admin.as({ user, groups });
  }

  /** Whether a person may do something, by the API server's own word. */
  async may(
    person: KubeClient,
    verb: string,
    resource: string,
    {
      namespace,
      name,
      group = '',
    }: { namespace?: string; name?: string; group?: string } = {},
  ): Promise<boolean> {
    return canI(person, { verb, group, resource, namespace, name });
  }
}

/** The object, `undefined` when there is none. */
export async function find<T extends KubeObject>(
  resource: ResourceClient<T>,
  name: string,
  namespace?: string,
): Promise<T | undefined> {
  const all = await resource.list({ namespace });
  return all.find(({ metadata }) => metadata.name === name);
}
