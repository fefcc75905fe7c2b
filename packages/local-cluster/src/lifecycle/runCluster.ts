import { ClusterError, explain } from '../ClusterError';
import type { ClusterStart, Extent } from '../ClusterStart';
import { startLocal } from '../local/startLocal';
import type { StartedCluster } from '../StartedCluster';
import { createClusterFolder } from './createClusterFolder';
import { localSteps } from '../local/steps';
import { clusterPaths } from '../paths';
import { chooseProvider } from '../providers/choose';
import { foreignSteps, startForeign } from '../providers/startForeign';
import type { StartOptions } from '../StartOptions';
import type { ClusterState } from '../state/ClusterState';
import { StateRecorder } from '../state/StateRecorder';
import { releaseLock, takeLock } from '../state/SupervisorLock';

/** A cluster this process is responsible for. */
export interface RunningCluster {
  state: Readonly<ClusterState>;
  /** Ends it in order and records that. */
  stop: () => Promise<void>;
  /** Rejects if the cluster fails without being stopped. */
  lost: Promise<never>;
}

/**
 * Starts a cluster and keeps it running as long as this process lives.
 *
 * @param signal - cancels the start and stops the started parts
 * @param onState - receives the state at once and after each change
 * @throws ClusterError when another process runs this cluster or a part does not start
 */
export async function runCluster(
  options: StartOptions,
  signal: AbortSignal,
  onState: (state: ClusterState) => void = () => {},
): Promise<RunningCluster> {
  const paths = clusterPaths(options.dataDir, options.name);
  createClusterFolder(paths.directory);
  const other = takeLock(paths.lock);
  if (other !== undefined) {
    throw new ClusterError(
      `Process ${other} already runs the cluster ${options.name} in ${options.dataDir}.`,
      'Use the running cluster, stop it with bailiwick-cluster stop, or choose another --name.',
    );
  }
  try {
    const choice = await chooseProvider(options);
    const extent = chooseExtent(options);
    const local = choice.provider === 'local';
    const recorder = new StateRecorder(paths.state, {
      name: options.name,
      provider: choice.provider,
      why: local && extent.why ? `${choice.why}; ${extent.why}` : choice.why,
      phase: 'starting',
      server: '',
      kubeconfig: paths.kubeconfig,
      startedAt: new Date().toISOString(),
      steps: local ? localSteps(extent.extent) : foreignSteps(choice.provider),
      components: [],
      capabilities: {
        pods: false,
        networkPolicy: false,
        userNamespaces: false,
      },
      supervisorPid: process.pid,
    });
    recorder.follow(onState);
    recorder.followImages(paths.images);
    const start = { options, extent: extent.extent, paths, recorder, signal };
    return await startRecorded(start, () =>
      local ? startLocal(start) : startForeign(choice.provider, start),
    );
  } catch (error) {
    releaseLock(paths.lock);
    throw error;
  }
}

async function startRecorded(
  { paths, recorder, signal }: ClusterStart,
  begin: () => Promise<StartedCluster>,
): Promise<RunningCluster> {
  try {
    const cluster = await begin();
    recorder.ready();
    const lost = cluster.lost.then(() => {
      const error = new ClusterError(
        'The process that holds the cluster was killed.',
        'Start the cluster again; its data is kept.',
      );
      recorder.update({ phase: 'failed', error: explain(error) });
      recorder.close();
      releaseLock(paths.lock);
      throw error;
    });
    // Whoever does not ask need not know.
    lost.catch(() => {});
    return {
      state: recorder.state,
      stop: async () => {
        await cluster.stop();
        recorder.update({ phase: 'stopped' });
        recorder.close();
        releaseLock(paths.lock);
      },
      lost,
    };
  } catch (error) {
    if (signal.aborted) recorder.update({ phase: 'stopped' });
    else recorder.update({ phase: 'failed', error: explain(error) });
    recorder.close();
    throw error;
  }
}

function chooseExtent(options: StartOptions): { extent: Extent; why?: string } {
  if (options.controlPlaneOnly) {
    if (options.simulatedNode) return { extent: 'simulated' };
    return { extent: options.controllerManager ? 'control-plane' : 'api' };
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return {
      extent: 'control-plane',
      why: 'pods need Linux and root, so only a control plane is started',
    };
  }
  return { extent: 'full' };
}
