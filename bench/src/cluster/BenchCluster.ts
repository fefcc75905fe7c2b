import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  domainPackKind,
  type DomainPack,
  planKind,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import {
  pack,
  plan,
  runtimeImages,
} from '@bailiwick/backstage-testing/objects';
import { CallCounter } from './CallCounter';
import { installFlowSchemas } from './flowSchemas';
import { operatorUser } from './operatorUser';

/**
 * etcd and an API server with the chart, a plan and a pack. Kubernetes' own controllers do not run
 * unless they are asked for: they answer each child with writes of their own, at moments of their
 * choice.
 */
export class BenchCluster {
  readonly admin: KubeClient;
  /** Path of the administrator's kubeconfig. */
  readonly adminKubeconfig: string;
  readonly calls: CallCounter;
  /** Path of a kubeconfig of the operator's user. */
  readonly kubeconfig: string;
  readonly #cluster: TestCluster;

  private constructor(cluster: TestCluster, kubeconfig: string) {
    this.admin = cluster.client;
    this.adminKubeconfig = cluster.kubeconfig;
    this.calls = new CallCounter(cluster.client);
    this.kubeconfig = kubeconfig;
    this.#cluster = cluster;
  }

  /** Starts it on free loopback ports; it ends with this process. */
  static async start(
    options: { controllerManager?: boolean } = {},
  ): Promise<BenchCluster> {
    const cluster = await startTestCluster({
      chartFolders: ['crds', 'templates'],
      ...options,
    });
    try {
      const { client } = cluster;
      await installFlowSchemas(client);
      await furnish(client);
      const kubeconfig = await cluster.identity(operatorUser);
      return new BenchCluster(cluster, kubeconfig);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#cluster.stop();
  }
}

async function furnish(client: KubeClient): Promise<void> {
  await client.resource<Plan>(planKind).create(plan('small'));
  await client.resource<DomainPack>(domainPackKind).create(pack('market'));
  await client.resource(coreKinds.configMaps).create(runtimeImages());
  // Apps run in user namespaces, as on most clusters.
  await client.resource(coreKinds.nodes).create({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'bench' },
    status: {
      runtimeHandlers: [{ name: '', features: { userNamespaces: true } }],
    },
  });
}
