import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Programs } from '../binaries/ensurePrograms';
import { ContainerdImages } from '../images/containerdImages';
import { programImage } from '../images/programImage';
import { containerd, kubelet, kubeProxy, netpol } from '../node/components';
import { hostNameservers } from '../node/nameservers';
import { writeNodeFiles } from '../node/nodeFiles';
import type { NodePlan } from '../node/NodePlan';
import type { LocalRun } from './LocalRun';
import { REGISTRY_PORT } from './addons';
import { isOverlay, mapsIds } from './fileSystem';

const POLL_MS = 200;

/**
 * Starts the node's programs and waits until the node is ready.
 *
 * @param podGate - file that allows pods to start, except for system pods
 */
export async function startNode(
  run: LocalRun,
  runtime: Programs,
  podGate?: string,
): Promise<void> {
  const began = new Date();
  const pause = await programImage(run.cell.path('pause'));
  const plan = await planNode(run, runtime, pause.reference, podGate);
  writeNodeFiles(plan);
  const images = new ContainerdImages(runtime.path('ctr'), run.anyPid());
  const runPods = async () => {
    await run.start(containerd(plan, () => images.answers()));
    await images.ensure(pause);
    await run.start(kubelet(plan));
  };
  // kube-proxy works only once the kubelet has registered the node.
  await Promise.all([
    runPods(),
    run.start(kubeProxy(plan)),
    run.start(netpol(plan)),
  ]);
  let node = await readyNode(run, began);
  while (!node) {
    await sleep(POLL_MS, undefined, { signal: run.signal });
    node = await readyNode(run, began);
  }
  const userNamespaces =
    hasUserNamespaces(node) && (await mapsIds(run.paths.directory));
  run.recorder.update({
    capabilities: { pods: true, networkPolicy: true, userNamespaces },
  });
}

async function planNode(
  run: LocalRun,
  runtime: Programs,
  pauseImage: string,
  podGate: string | undefined,
): Promise<NodePlan> {
  const { directory, pki, config } = run.paths;
  return {
    name: run.node,
    network: run.network,
    runtime: runtime.path,
    kubernetes: run.kubernetes.path,
    own: run.cell.path,
    pki,
    config,
    kubeletData: join(directory, 'kubelet'),
    containerdData: join(directory, 'containerd'),
    podLogs: join(directory, 'pod-logs'),
    snapshotter: (await isOverlay(directory)) ? 'native' : 'overlayfs',
    pauseImage,
    nameservers: hostNameservers(),
    registryPort: REGISTRY_PORT,
    podGate,
  };
}

interface Node {
  status?: {
    conditions?: Array<{
      type: string;
      status: string;
      lastHeartbeatTime?: string;
    }>;
    runtimeHandlers?: Array<{
      name?: string;
      features?: { userNamespaces?: boolean };
    }>;
  };
}

/** Whether the default runtime handler, which runs the pods of apps, supports user namespaces. */
export function hasUserNamespaces({ status }: Node): boolean {
  return (status?.runtimeHandlers ?? []).some(
    ({ features, name = '' }) =>
      name === '' && features?.userNamespaces === true,
  );
}

/**
 * Returns the node if it is ready. A node of an earlier run still has that status, so only a heartbeat since a time
 * counts.
 */
export async function readyNode(
  { client, node }: Pick<LocalRun, 'client' | 'node'>,
  since: Date,
): Promise<Node | undefined> {
  const { status, body } = await client.get(`/api/v1/nodes/${node}`);
  if (status !== 200) return undefined;
  const found = body as Node;
  const ready = found.status?.conditions?.find(each => each.type === 'Ready');
  // Heartbeats are given in whole seconds.
  const heartbeat = Date.parse(ready?.lastHeartbeatTime ?? '') + 999;
  return ready?.status === 'True' && heartbeat >= since.getTime()
    ? found
    : undefined;
}
