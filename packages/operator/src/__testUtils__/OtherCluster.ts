import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  clusterKind,
  findCondition,
  labels,
  type Condition,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  installOnTarget,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { readFile } from 'node:fs/promises';
import { systemNamespace } from '../names';
import { resources, type World } from './World';
import { runtimeImages } from '@bailiwick/backstage-testing/objects';

/** Another control plane beside a world's, on which environments may be. */
export class OtherCluster {
  /** Client of its administrator. */
  readonly admin: KubeClient;
  readonly #cluster: TestCluster;

  private constructor(cluster: TestCluster) {
    this.#cluster = cluster;
    this.admin = cluster.client;
  }

  /** Starts one; nothing of ours is on it yet. */
  static async start(): Promise<OtherCluster> {
    return new OtherCluster(
      await startTestCluster({ simulatedNode: true, withoutKinds: true }),
    );
  }

  /** Installs the prerequisites of a target. */
  async prepare(): Promise<void> {
    await installOnTarget(this.admin);
    await createRuntime(this.admin);
  }

  /** The text of a kubeconfig with which the operator comes. */
  async kubeconfig(): Promise<string> {
    return readFile(await this.#cluster.identity('bailiwick:operator'), 'utf8');
  }

  /** Makes the API server accept connections without responding; returns a function that ends this. */
  freeze(): () => void {
    return this.#cluster.freeze();
  }

  /** Kills the API server, which restarts. */
  kill(): void {
    this.#cluster.kill();
  }

  async stop(): Promise<void> {
    await this.#cluster.stop();
  }
}

/** Registers a cluster with a world under a name. */
export async function addCluster(
  { admin }: World,
  name: string,
  kubeconfig?: string,
): Promise<void> {
  if (kubeconfig !== undefined) await writeKubeconfig(admin, name, kubeconfig);
  await resources.clusters(admin).create({
    apiVersion: clusterKind.apiVersion,
    kind: clusterKind.kind,
    metadata: { name },
    spec: {
      title: name,
      provider: 'existing',
      credentials: { secret: name },
      networking: { profile: 'none' },
    },
  });
}

/** Writes the Secret of a cluster. */
export async function writeKubeconfig(
  admin: KubeClient,
  name: string,
  kubeconfig: string,
): Promise<void> {
  await admin.resource(coreKinds.secrets).apply(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name,
        namespace: systemNamespace,
        labels: { [labels.kubeconfig]: 'true' },
      },
      data: { kubeconfig: Buffer.from(kubeconfig).toString('base64') },
    },
    { fieldManager: 'test', force: true },
  );
}

/** Waits until the Ready condition of a cluster has a reason, and returns the condition. */
export function clusterIs(
  { admin }: World,
  name: string,
  reason: string,
): Promise<Condition> {
  return eventually(
    `The cluster ${name} is ${reason}`,
    async () => {
      const { status } = await resources.clusters(admin).get(name);
      const ready = findCondition(status, 'Ready');
      return ready?.reason === reason ? ready : undefined;
    },
    40,
  );
}

/** Sets the image of the test pack's runtime on a cluster. */
export async function createRuntime(admin: KubeClient): Promise<void> {
  await admin.resource(coreKinds.configMaps).create(runtimeImages());
}
