import { mkdirSync } from 'node:fs';
import { ClusterError, explain } from '../ClusterError';
import { startLocal } from '../local/startLocal';
import { localSteps, type Extent } from '../local/steps';
import { clusterPaths } from '../paths';
import { chooseProvider } from '../providers/choose';
import type { StartOptions } from '../StartOptions';
import type { ClusterState } from '../state/ClusterState';
import { StateRecorder } from '../state/StateRecorder';
import { releaseLock, takeLock } from '../state/SupervisorLock';

/** A cluster this process is responsible for. */
export interface RunningCluster {
  state: Readonly<ClusterState>;
  /** Ends it in order and records that. */
  stop: () => Promise<void>;
  /** Rejects when the cluster is lost although nobody stopped it. */
  lost: Promise<never>;
}

/**
 * Starts a cluster and keeps it running as long as this process lives.
 *
 * @param signal - aborts the start; what had been started is stopped then
 * @param onState - hears the state at once and after each change
 * @throws ClusterError when another process runs this cluster or a part does not come up
 */
export async function runCluster(
  options: StartOptions,
  signal: AbortSignal,
  onState: (state: ClusterState) => void = () => {},
): Promise<RunningCluster> {
  const paths = clusterPaths(options.dataDir, options.name);
  mkdirSync(paths.directory, { recursive: true, mode: 0o700 });
  const other = takeLock(paths.lock);
  if (other !== undefined) {
    throw new ClusterError(
      `Process ${other} already runs the cluster ${options.name} in ${options.dataDir}.`,
      'Use it as it is, end it with bailiwick-cluster stop, or choose another --name.',
    );
  }
  try {
    const { why } = await chooseProvider(options);
    const extent = chooseExtent(options);
    const recorder = new StateRecorder(paths.state, {
      name: options.name,
      provider: 'local',
      why: extent.why ? `${why}; ${extent.why}` : why,
      phase: 'starting',
      server: '',
      kubeconfig: paths.kubeconfig,
      startedAt: new Date().toISOString(),
      steps: localSteps(extent.extent),
      components: [],
      capabilities: { pods: false, networkPolicy: false, userNamespaces: false },
      supervisorPid: process.pid,
    });
    recorder.follow(onState);
    return await startRecorded({ name: options.name, extent: extent.extent, paths, recorder, signal });
  } catch (error) {
    releaseLock(paths.lock);
    throw error;
  }
}

async function startRecorded(
  options: Parameters<typeof startLocal>[0],
): Promise<RunningCluster> {
  const { paths, recorder } = options;
  try {
    const cluster = await startLocal(options);
    recorder.ready();
    return {
      state: recorder.state,
      stop: async () => {
        await cluster.stop();
        recorder.update({ phase: 'stopped' });
        releaseLock(paths.lock);
      },
      lost: cluster.lost.then(() => {
        const error = new ClusterError(
          'The process that holds the cluster was killed.',
          'Start the cluster again; its data is kept.',
        );
        recorder.update({ phase: 'failed', error: explain(error) });
        releaseLock(paths.lock);
        throw error;
      }),
    };
  } catch (error) {
    if (options.signal.aborted) recorder.update({ phase: 'stopped' });
    else recorder.update({ phase: 'failed', error: explain(error) });
    throw error;
  }
}

function chooseExtent(options: StartOptions): { extent: Extent; why?: string } {
  if (options.controlPlaneOnly) {
    return { extent: options.controllerManager ? 'control-plane' : 'api' };
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return { extent: 'control-plane', why: 'pods need Linux and root, so this is a control plane alone' };
  }
  return { extent: 'full' };
}
