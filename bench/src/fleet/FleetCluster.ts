import {
  coreKinds,
  resourcePath,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  domainPackKind,
  environmentNamespace,
  homeNamespace,
  labels,
  managedBy,
  planKind,
  tenantKind,
  type App,
  type AppEnvironmentStatus,
  type DomainPack,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  installChart,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-test-cluster';
import {
  app,
  pack,
  plan,
  tenant,
} from '@bailiwick/backstage-test-cluster/objects';
import { readMetrics, sumOf } from '../cluster';
import { inParallel } from '../inParallel';
import { countCalls, countedFlow } from './countCalls';
import type { StockAccess } from './StockPortal';

const environments = ['dev', 'prod'];
const appsPerTenant = 20;
/** Pods of an app in all its environments together. */
export const podsPerApp = 10;
const revision = '3f9c1e2a9b8c';
/** As whom a portal without us reads. */
const stockAccount = { namespace: 'default', name: 'bench-stock' };
const stockUser = `system:serviceaccount:${stockAccount.namespace}:${stockAccount.name}`;

/** An app of the fleet of the benchmark; it runs in dev and in prod. */
export interface FleetApp {
  name: string;
  tenant: string;
  title: string;
}

/** A control plane with a node on which nothing runs, and apps whose state the benchmark writes. */
export class FleetCluster {
  readonly #cluster: TestCluster;
  readonly #client: KubeClient;

  private constructor(cluster: TestCluster) {
    this.#cluster = cluster;
    this.#client = cluster.client;
  }

  static async start(viewer: string): Promise<FleetCluster> {
    const cluster = await startTestCluster({ simulatedNode: true });
    try {
      const { client } = cluster;
      await installChart(client, 'crds', 'templates');
      await countCalls(client, ['bailiwick:portal', viewer, stockUser]);
      await client.resource<Plan>(planKind).create(plan('small'));
      await client.resource<DomainPack>(domainPackKind).create(pack('market'));
      return new FleetCluster(cluster);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Makes a kubeconfig of the portal's identity. */
  portalIdentity(): Promise<string> {
    return this.#cluster.identity('bailiwick:portal');
  }

  /** Lets a portal without us view everything, as its installation guide says. */
  async stockIdentity(): Promise<StockAccess> {
    const { name, namespace } = stockAccount;
    const apiGroup = 'rbac.authorization.k8s.io';
    await this.#client.resource(coreKinds.serviceAccounts).create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
    });
    await this.#client.resource(coreKinds.clusterRoleBindings).create({
      apiVersion: `${apiGroup}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup, kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    });
    const path = resourcePath(coreKinds.serviceAccounts, {
      ...stockAccount,
      subresource: 'token',
    });
    const { status } = await this.#client.request<{
      status: { token: string };
    }>({
      method: 'POST',
      path,
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 7200 },
      },
    });
    return { server: this.#client.server, token: status.token };
  }

  stop(): Promise<void> {
    return this.#cluster.stop();
  }

  /** Makes apps with their tenants and pods; all are healthy. */
  async populate(apps: FleetApp[]): Promise<void> {
    const tenants = [...new Set(apps.map(one => one.tenant))];
    await inParallel(tenants, name => this.#makeTenant(name));
    await inParallel(apps, one => this.#makeApp(one));
    const pods = apps.flatMap(one =>
      Array.from({ length: podsPerApp }, (_, number) => podOf(one, number)),
    );
    await inParallel(pods, pod =>
      this.#client.resource<Pod>(coreKinds.pods).create(pod),
    );
  }

  /** Something happens to a pod of an app, and the app's status says so, as the operator would write it. */
  async change(one: FleetApp, why: string, isWell: boolean): Promise<void> {
    const { metadata } = podOf(one, 0);
    const status = isWell ? 'True' : 'False';
    await this.#client
      .resource<Pod>(coreKinds.pods)
      .patchStatus(
        metadata.name,
        { conditions: [{ type: 'bench.bailiwick.dev/well', status }] },
        { namespace: metadata.namespace },
      );
    await this.#report(one, why, isWell);
  }

  /** Calls of the portal and of the viewer since the API server started, without watches. */
  async calls(): Promise<number> {
    const metrics = readMetrics(
      await this.#client.request<string>({ path: '/metrics' }),
    );
    return sumOf(metrics, 'apiserver_flowcontrol_dispatched_requests_total', {
      flow_schema: countedFlow,
    });
  }

  async #makeTenant(name: string): Promise<void> {
    await this.#client.resource<Tenant>(tenantKind).create(
      tenant(name, {
        title: `Tenant ${name.slice(1)}`,
        environments: environments.map(environment => ({
          name: environment,
          cluster: 'local',
          protected: environment === 'prod',
        })),
      }),
    );
    const namespaces = [
      homeNamespace(name),
      ...environments.map(one => environmentNamespace(name, one)),
    ];
    for (const namespace of namespaces) {
      await this.#client.resource(coreKinds.namespaces).create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      // Pods are not admitted without it; Kubernetes' own controller makes it, a moment later.
      await this.#client.resource(coreKinds.serviceAccounts).apply(
        {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace },
        },
        { fieldManager: 'bench' },
      );
    }
  }

  async #makeApp(one: FleetApp): Promise<void> {
    await this.#client.resource<App>(appKind).create(
      app(one.name, homeNamespace(one.tenant), {
        title: one.title,
        source: {
          repository: `${one.tenant}/${one.name}`,
          path: '.',
          revision,
        },
        environments: environments.map(name => ({
          name,
          revision: 'draft',
        })),
      }),
    );
    await this.#report(one, 'All pods answer.', true);
  }

  async #report(one: FleetApp, why: string, isWell: boolean): Promise<void> {
    const health = isWell ? 'Healthy' : 'Degraded';
    const since = new Date().toISOString();
    const states: AppEnvironmentStatus[] = environments.map(name => ({
      name,
      health,
      why,
      next: '',
      revision,
      pods: { ready: podsPerApp / 2, desired: podsPerApp / 2 },
      since,
    }));
    await this.#client
      .resource<App>(appKind)
      .patchStatus(
        one.name,
        { health, environments: states },
        { namespace: homeNamespace(one.tenant) },
      );
  }
}

/** Names of apps, and of the tenants to which they belong, in the order in which the board has them. */
export function fleetOf(count: number): FleetApp[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(5, '0');
    const group = Math.floor(index / appsPerTenant);
    return {
      name: `app-${number}`,
      title: `App ${number}`,
      tenant: `t${String(group).padStart(4, '0')}`,
    };
  });
}

function podOf({ name, tenant: owner }: FleetApp, number: number): Pod {
  const environment = environments[number % environments.length];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${number}`,
      namespace: environmentNamespace(owner, environment),
      labels: {
        [labels.managedBy]: managedBy,
        [labels.tenant]: owner,
        [labels.environment]: environment,
        [labels.app]: name,
      },
    },
    spec: {
      nodeName: 'bailiwick-test',
      automountServiceAccountToken: false,
      containers: [{ name: 'function', image: 'registry.test/python:1' }],
    },
  } as Pod;
}
