import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  coreKinds,
  Informer,
  KubeClient,
  KubeconfigConnection,
  type Event,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
  type App,
  type Cluster,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  LiveList,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { AppAccess } from '../AppAccess';
import { PersonObjectsProvider } from '../PersonObjectsProvider';
import { shownResources } from '../shownResources';
import { WatchedConnection } from './WatchedConnection';

const tenant = 'rates-desk';
const rbac = 'rbac.authorization.k8s.io';
const app = {
  metadata: { name: 'feed', namespace: `${tenant}--home` },
  spec: { environments: [{ name: 'dev' }, { name: 'prod' }] },
} as App;

const testCluster = {
  metadata: { name: 'here' },
  spec: { title: 'This machine' },
} as Cluster;

/** An entity with some annotations. */
export const entityWith = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'feed', annotations },
});

/** The entity of the app that runs in the world. */
export const feed = entityWith({
  'bailiwick.dev/tenant': tenant,
  'bailiwick.dev/app': 'feed',
});

/** Notifies listeners of changed tenants. */
class LiveTenants {
  readonly #listeners = new Set<(change: { object: Tenant }) => void>();

  subscribe(listener: (change: { object: Tenant }) => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(): undefined {
    return undefined;
  }

  change(name: string): void {
    const object = { metadata: { name, generation: 2 } } as Tenant;
    for (const listener of this.#listeners) listener({ object });
  }
}

/** A real API server with two environments of a tenant, and the portal's own access to it. */
export class ObjectsWorld {
  readonly cluster: TestCluster;
  /** The wire between the portal and the API server. */
  readonly wire: WatchedConnection;
  readonly #portal: KubeClient;
  readonly #pods = new LiveList<Pod>();
  readonly #events = new LiveList<Event>();
  readonly #stopping = new AbortController();
  readonly #providers: PersonObjectsProvider[] = [];
  readonly #tenants = new LiveTenants();

  static async start(): Promise<ObjectsWorld> {
    const cluster = await startTestCluster({
      chartFolders: ['crds', 'templates'],
    });
    const path = await cluster.identity('bailiwick:portal');
    const world = new ObjectsWorld(
      cluster,
      new WatchedConnection(KubeconfigConnection.load({ path })),
    );
    for (const environment of ['dev', 'prod'])
      await world.#prepare(environment);
    return world;
  }

  private constructor(cluster: TestCluster, wire: WatchedConnection) {
    this.cluster = cluster;
    this.wire = wire;
    this.#portal = new KubeClient({ connection: wire, userAgent: 'test' });
    const { client } = cluster;
    const { signal } = this.#stopping;
    const pods = new Informer<Pod>({ client, type: coreKinds.pods });
    this.#pods.attach(pods.start(signal));
    const events = new Informer<Event>({ client, type: coreKinds.events });
    this.#events.attach(events.start(signal));
  }

  async stop(): Promise<void> {
    this.#providers.forEach(provider => provider.stop());
    this.#stopping.abort();
    await this.#portal.close();
    await this.cluster.stop();
  }

  /** The portal's access to it. */
  kubernetes(): KubernetesService {
    const access: Partial<KubernetesService> = {
      asIn: person => this.#portal.as(person),
      watch: (what, signal) =>
        new Informer({ ...what, client: this.#portal }).start(signal),
      progress: () => ({ ready: true, message: '', steps: [] }),
      server: () => this.#portal.server,
    };
    return {
      ...access,
      lists: {
        pods: this.#pods,
        events: this.#events,
        apps: {
          get: (name: string, namespace: string) =>
            name === 'feed' && namespace === app.metadata.namespace
              ? app
              : undefined,
        },
        clusters: { list: () => [testCluster] },
        tenants: this.#tenants,
      },
    } as unknown as KubernetesService;
  }

  /** Returns the tab's source of objects, in a portal whose policy allows or denies reading all apps. */
  provider(
    options: {
      policy?: 'ALLOW' | 'DENY';
      idleMs?: number;
      kubernetes?: KubernetesService;
    } = {},
  ): PersonObjectsProvider {
    const { kubernetes = this.kubernetes() } = options;
    const access = new AppAccess({
      kubernetes,
      permissions: mockServices.permissions({
        result: AuthorizeResult[options.policy ?? 'ALLOW'],
      }),
      userInfo: mockServices.userInfo(),
    });
    const provider = new PersonObjectsProvider({
      access,
      kubernetes,
      idleMs: options.idleMs,
      others: {
        getKubernetesObjectsByEntity: async () => ({ items: [] }),
        getCustomResourcesByEntity: async () => ({ items: [] }),
      },
    });
    this.#providers.push(provider);
    return provider;
  }

  /** Returns the objects of an entity that a person sees, names by kind, and the problems. */
  async seen(provider: PersonObjectsProvider, user: string, of = feed) {
    const { items } = await provider.getKubernetesObjectsByEntity(
      { entity: of, auth: {} },
      { credentials: mockCredentials.user(`user:default/${user}`) },
    );
    const [{ errors = [], resources = [] } = {}] = items;
    return {
      items,
      errors,
      resources,
      names: Object.fromEntries(
        resources.map(({ resources: objects, type }) => [
          type,
          objects.map(
            ({ metadata }) => `${metadata?.namespace}/${metadata?.name}`,
          ),
        ]),
      ),
    };
  }

  /** Grants a person a role in an environment, as the operator does. */
  async bind(user: string, role: string, environment: string): Promise<void> {
    await this.cluster.client.resource(coreKinds.roleBindings).create({
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: user, namespace: `${tenant}--${environment}` },
      roleRef: {
        apiGroup: rbac,
        kind: 'ClusterRole',
        name: `bailiwick:tenant-${role}`,
      },
      subjects: [
        { apiGroup: rbac, kind: 'User', name: `user:default/${user}` },
      ],
    });
  }

  /** Revokes a role, and reports the change of the tenant. */
  async unbind(user: string, environment: string): Promise<void> {
    await this.cluster.client
      .resource(coreKinds.roleBindings)
      .delete(user, { namespace: `${tenant}--${environment}` });
    this.#tenants.change(tenant);
  }

  /** Creates an object of an app in dev. */
  async make(name: string, resource: keyof typeof shownResources, more = {}) {
    const { type } = shownResources[resource];
    await this.cluster.client
      .resource(type)
      .create({ ...this.#object(name, 'dev'), ...more, ...kindOf(type) });
  }

  /** Creates a pod of the app in dev, without a node, and an event of it. */
  async makePod(name: string): Promise<void> {
    const { client } = this.cluster;
    const { metadata } = this.#object(name, 'dev');
    const { namespace } = metadata;
    await client.resource(coreKinds.serviceAccounts).create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace },
    });
    await client.resource(coreKinds.pods).create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, [labels.name]: 'feed' },
      },
      spec: {
        automountServiceAccountToken: false,
        containers: [{ name: 'function', image: 'image.test/python:1' }],
      },
    } as Pod);
    await client.resource(coreKinds.events).create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.1`, namespace },
      involvedObject: { kind: 'Pod', name, namespace },
      reason: 'Waiting',
      message: 'It waits for a node.',
    } as Event);
  }

  #object(name: string, environment: string, of = 'feed') {
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name,
        namespace: `${tenant}--${environment}`,
        labels: {
          [labels.managedBy]: managedBy,
          [labels.tenant]: tenant,
          [labels.app]: of,
        },
      },
      spec: { ports: [{ port: 80 }] },
    };
  }

  /** An environment's namespace with one Service of the app and one of another. */
  async #prepare(environment: string): Promise<void> {
    const namespace = `${tenant}--${environment}`;
    const { client } = this.cluster;
    await client.resource(coreKinds.namespaces).create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    for (const name of ['feed', 'other'])
      await client
        .resource(coreKinds.services)
        .create(this.#object(name, environment, name));
  }
}

function kindOf({ apiVersion, kind }: { apiVersion: string; kind: string }) {
  return { apiVersion, kind };
}
