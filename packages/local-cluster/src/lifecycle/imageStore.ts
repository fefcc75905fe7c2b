import { ensurePrograms } from '../binaries/ensurePrograms';
import { runtimeSet } from '../binaries/programSets';
import { ClusterError } from '../ClusterError';
import { ContainerdImages } from '../images/containerdImages';
import type { ClusterState } from '../state/ClusterState';
import { waitForStep } from '../state/waitForStep';

/** Returns the image store of a local cluster when its node is ready. @throws ClusterError if it cannot run pods */
export async function storeWhenReady(
  stateFile: string,
): Promise<ContainerdImages> {
  const store = await storeOf(await waitForStep(stateFile, 'node'));
  if (store) return store;
  throw noPods();
}

/** Returns the error of a cluster that cannot run pods. */
export function noPods(): ClusterError {
  return new ClusterError(
    'This cluster cannot run pods, so images cannot be loaded.',
    'Start it as root on Linux and without --control-plane-only.',
  );
}

/** Returns the image store of a local cluster, `undefined` until its node is ready. */
export async function storeOf(
  state: ClusterState,
): Promise<ContainerdImages | undefined> {
  const containerd = state.components.find(each => each.name === 'containerd');
  if (!containerd?.ready || !containerd.pid) return undefined;
  const { path } = await ensurePrograms(runtimeSet, { report: () => {} });
  return new ContainerdImages(path('ctr'), containerd.pid);
}
