import {
  coreKinds,
  resourcePath,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  clusterKind,
  labels,
  type Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  installOnTarget,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { readFile } from 'node:fs/promises';
import { readMetrics, sumOf } from '../cluster';
import { countCalls, countedFlow } from './countCalls';
import type { StockAccess } from './StockPortal';

/** As whom a portal without us reads. */
const stockAccount = { namespace: 'default', name: 'bench-stock' };
export const stockUser = `system:serviceaccount:${stockAccount.namespace}:${stockAccount.name}`;

/** One of the clusters: the hub, or one on which nothing but environments is. */
export class FleetMember {
  readonly name: string;
  readonly client: KubeClient;
  readonly #cluster: TestCluster;

  constructor(name: string, cluster: TestCluster) {
    this.name = name;
    this.client = cluster.client;
    this.#cluster = cluster;
  }

  /** Starts an API server and connects it to the portal of the hub, as `bailiwick target add` does. */
  static async start(
    name: string,
    hub: KubeClient,
    counted: string[],
  ): Promise<FleetMember> {
    const cluster = await startTestCluster({ withoutKinds: true });
    try {
      await installOnTarget(cluster.client);
      await countCalls(cluster.client, counted);
      const kubeconfig = await readFile(
        await cluster.identity('bailiwick:portal'),
      );
      await hub.resource(coreKinds.secrets).create({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name,
          namespace: 'bailiwick-portal',
          labels: { [labels.kubeconfig]: 'true' },
        },
        data: { kubeconfig: kubeconfig.toString('base64') },
      });
      await hub.resource<Cluster>(clusterKind).create({
        apiVersion: clusterKind.apiVersion,
        kind: 'Cluster',
        metadata: { name },
        spec: {
          title: name.toUpperCase(),
          provider: 'existing',
          credentials: { secret: name },
          networking: { profile: 'none' },
        },
      });
      return new FleetMember(name, cluster);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.#cluster.stop();
  }

  /** Calls of those who are counted since the API server started, without watches. */
  async calls(): Promise<number> {
    const metrics = readMetrics(
      await this.client.request<string>({ path: '/metrics' }),
    );
    return sumOf(metrics, 'apiserver_flowcontrol_dispatched_requests_total', {
      flow_schema: countedFlow,
    });
  }

  async makeNamespace(name: string): Promise<void> {
    await this.client.resource(coreKinds.namespaces).create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
    // Pods are not admitted without it; Kubernetes' own controller creates it where it runs.
    await this.client.resource(coreKinds.serviceAccounts).apply(
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: name },
      },
      { fieldManager: 'bench' },
    );
  }

  /** Creates a running pod, as KWOK would. */
  async makePod(pod: Pod): Promise<void> {
    const { name, namespace } = pod.metadata;
    const pods = this.client.resource<Pod>(coreKinds.pods);
    await pods.create(pod);
    const startedAt = new Date().toISOString();
    await pods.patchStatus(
      name,
      {
        phase: 'Running',
        startTime: startedAt,
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: pod.spec!.containers.map(({ name: of, image }) => ({
          name: of,
          image,
          imageID: '',
          ready: true,
          restartCount: 0,
          state: { running: { startedAt } },
        })),
      },
      { namespace },
    );
  }

  /** Grants a stock portal read access, as in its installation guide. */
  async stockIdentity(): Promise<StockAccess> {
    const { name, namespace } = stockAccount;
    const apiGroup = 'rbac.authorization.k8s.io';
    await this.client.resource(coreKinds.serviceAccounts).create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
    });
    await this.client.resource(coreKinds.clusterRoleBindings).create({
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
    const { status } = await this.client.request<{
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
    return {
      name: this.name,
      server: this.client.server,
      token: status.token,
    };
  }
}
