import { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  clusterPaths,
  issueIdentity,
  loadImage,
  pushImage,
  readState,
  startAttached,
  type AttachedCluster,
  type ClusterState,
  type StartOptions,
} from '@bailiwick/backstage-local-cluster';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { restoreChart, type Installation } from './chartSnapshot';
import {
  ControlPlanes,
  stopControlPlane,
  type ControlPlane,
} from './ControlPlanes';
import { EtcdData } from './EtcdData';
import {
  chart,
  installChart,
  untilPoliciesHold,
  type ChartFolder,
} from './installChart';
import { SimulatedPods } from './SimulatedPods';

/** An API server of its own: without nodes, with one that only pretends to run pods, or with one that runs them. */
export interface TestCluster {
  /** Path of the administrator's kubeconfig. */
  kubeconfig: string;
  /** Client of the administrator. */
  client: KubeClient;
  /** Creates a kubeconfig for a Kubernetes user and returns its path. */
  identity(user: string): Promise<string>;
  /** A certificate for servers on loopback, and the authority that signed it, PEM. */
  serving(): { cert: string; key: string; ca: string };
  /**
   * Freezes a component, by default the API server: it accepts connections without responding; returns a function that
   * ends this.
   */
  freeze(component?: 'kube-apiserver' | 'kubelet'): () => void;
  /** Builds an image if necessary, and loads it into the node. @returns its name for pods */
  loadImage(specFile: string): Promise<string>;
  /** Pushes an image of the node to the registry of the cluster. @param reference - its name for pods */
  pushImage(reference: string): Promise<void>;
  /**
   * Kills the API server, Kubernetes' own controllers or the simulated kubelet; they restart after a moment, with their
   * data.
   */
  kill(component?: 'kube-apiserver' | 'kube-controller-manager' | 'kwok'): void;
  /** Responses of simulated pods; absent without a node. */
  pods?: SimulatedPods;
  /** Adds objects that another cluster stored, from a file that `saveObjects` wrote. */
  restore(file: string): Promise<void>;
  /** Ends the server and removes everything it kept. */
  stop(): Promise<void>;
}

const name = 'test';
const podSocket = (dataDir: string) => join(dataDir, 'pods.sock');

/** @throws Error while the component is between two lives */
function pidOf(stateFile: string, component: string): number {
  const pid = readState(stateFile)?.components.find(
    one => one.name === component,
  )?.pid;
  if (!pid) throw new Error(`The ${component} does not run`);
  return pid;
}

/** Options of {@link startTestCluster}. */
export interface TestClusterOptions {
  /** Folders of the chart that are installed when it returns. */
  chartFolders?: readonly ChartFolder[];
  /** Kubernetes' own controllers besides. */
  controllerManager?: boolean;
  /** Without our kinds, as another cluster than the hub is. */
  withoutKinds?: boolean;
  /** A scheduler and a node besides, on which pods become ready although nothing runs (KWOK). */
  simulatedNode?: boolean;
  /** A complete cluster with a node that runs pods; requires Linux and root, and takes 10 s to start. */
  node?: boolean;
}

/** Observer of a start: `signal` cancels the start, `onState` reports its progress. */
export interface StartFollower {
  signal?: AbortSignal;
  onState?: (state: ClusterState) => void;
}

/** Set where test files share their modules. */
const sharesModules = Symbol.for('bailiwick.sharesModules') in globalThis;
const planes = new ControlPlanes(name);

/**
 * Starts etcd and an API server on free loopback ports; they end with this process. Where test files share their
 * modules, returns the control plane of an earlier file with its initial data, if it is undamaged.
 *
 * @throws ClusterError with reason and remedy when it does not start; in this case, nothing remains
 */
export async function startTestCluster(
  options: TestClusterOptions = {},
  follower: StartFollower = {},
): Promise<TestCluster> {
  const isReusable = sharesModules && !options.node;
  const reusable = isReusable
    ? await planes.take(options, () => startPlane(options, follower))
    : undefined;
  const plane = reusable ?? (await startPlane(options, follower));
  const { cluster, dataDir } = plane;
  const client = clientOf(cluster);
  const pods = options.simulatedNode
    ? await SimulatedPods.listen(podSocket(dataDir), client)
    : undefined;
  let isDamaged = false;
  const signal = (sent: NodeJS.Signals, component = 'kube-apiserver') => {
    isDamaged = true;
    process.kill(pidOf(clusterPaths(dataDir, name).state, component), sent);
  };
  return {
    kubeconfig: cluster.state.kubeconfig,
    client,
    pods,
    freeze(component) {
      signal('SIGSTOP', component);
      return () => signal('SIGCONT', component);
    },
    async loadImage(specFile) {
      const { ref } = await loadImage({ dataDir, name, specFile });
      return ref;
    },
    async pushImage(reference) {
      await pushImage({ dataDir, name, reference });
    },
    kill: component => signal('SIGKILL', component),
    serving() {
      const { pki } = clusterPaths(dataDir, name);
      const pem = (file: string) => readFileSync(join(pki, file), 'utf8');
      // That of the scheduler, which does not run here.
      const [cert, key] = ['scheduler.crt', 'scheduler.key'].map(pem);
      return { cert, key, ca: pem('cluster-ca.crt') };
    },
    async identity(user) {
      const out = join(dataDir, `${user.replace(/\W+/g, '-')}.kubeconfig`);
      await issueIdentity({ dataDir, name, commonName: user, groups: [], out });
      return out;
    },
    restore: file =>
      EtcdData.add(
        dataDir,
        name,
        JSON.parse(gunzipSync(readFileSync(file)).toString()),
      ),
    async stop() {
      await pods?.close();
      await client.close();
      if (reusable && !isDamaged) await planes.giveBack(reusable);
      else await stopControlPlane(plane);
    },
  };
}

function clientOf({ state: { kubeconfig } }: AttachedCluster): KubeClient {
  return KubeClient.fromKubeconfig({
    path: kubeconfig,
    userAgent: 'integration-test',
  });
}

/** Starts a control plane with the folders of the chart. */
async function startPlane(
  options: TestClusterOptions,
  follower: StartFollower,
): Promise<ControlPlane> {
  const dataDir = await mkdtemp(join(tmpdir(), 'test-cluster-'));
  try {
    return { dataDir, cluster: await fillPlane(dataDir, options, follower) };
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

async function fillPlane(
  dataDir: string,
  {
    chartFolders = [],
    controllerManager = false,
    node = false,
    simulatedNode = false,
    withoutKinds = false,
  }: TestClusterOptions,
  follower: StartFollower,
): Promise<AttachedCluster> {
  const hasControllers = controllerManager || simulatedNode || node;
  // A cluster with a node has addresses of its own, which its objects name.
  const isRestored = chartFolders.length > 0 && !node;
  if (isRestored)
    await restoreChart(
      { folders: chartFolders, controllerManager: hasControllers },
      { dataDir, name },
      (into, installation) => installOnce(into, installation, follower),
    );
  const start: StartOptions = {
    dataDir,
    name,
    provider: 'local',
    controlPlaneOnly: !node,
    controllerManager: hasControllers,
    kinds:
      hasControllers && !withoutKinds && !isRestored
        ? join(chart, 'crds')
        : undefined,
    simulatedNode: simulatedNode ? podSocket(dataDir) : undefined,
  };
  const cluster = await startAttached(start, follower);
  const client = clientOf(cluster);
  try {
    if (!isRestored) await installChart(client, ...chartFolders);
    else if (chartFolders.includes('templates'))
      await untilPoliciesHold(client);
    follower.signal?.throwIfAborted();
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  } finally {
    await client.close();
  }
}

/** Installs folders of the chart on a control plane of its own, waits for controllers, and stops it. */
async function installOnce(
  dataDir: string,
  { controllerManager, folders }: Installation,
  follower: StartFollower,
): Promise<void> {
  const cluster = await startAttached(
    {
      dataDir,
      name,
      provider: 'local',
      controlPlaneOnly: true,
      controllerManager,
    },
    follower,
  );
  const client = clientOf(cluster);
  try {
    await installChart(client, ...folders);
    const data = await EtcdData.remember(dataDir, name);
    await data.settle();
  } finally {
    await client.close();
    await cluster.stop();
  }
}
