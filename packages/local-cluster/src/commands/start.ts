import { once } from 'node:events';
import { runCluster } from '../lifecycle/runCluster';
import { startDetached } from '../lifecycle/startDetached';
import { clusterPaths } from '../paths';
import { readState } from '../state/stateFile';
import { lockHolder } from '../state/SupervisorLock';
import type { ClusterState } from '../state/ClusterState';
import type { Arguments } from './arguments';
import { note, sayJson } from './output';
import { progressPrinter } from './progress';

/** Starts the cluster, or reports the one that already runs. */
export async function start(options: Arguments): Promise<number> {
  const paths = clusterPaths(options.dataDir, options.name);
  const onState = progressPrinter();
  if (options.detach || lockHolder(paths.lock) !== undefined) {
    report(await startDetached(options, { onState }), options.json);
    return 0;
  }
  const ending = new AbortController();
  const end = () => ending.abort(new Error('stopped'));
  process.on('SIGINT', end).on('SIGTERM', end);
  if (options.whileStdinOpen) process.stdin.on('close', end).resume();
  try {
    const cluster = await runCluster(options, ending.signal, onState);
    report(cluster.state, options.json);
    if (!ending.signal.aborted)
      await Promise.race([once(ending.signal, 'abort'), cluster.lost]);
    note('Stopping …');
    await cluster.stop();
    return 0;
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    note('Stopped before the cluster was ready.');
    return 130;
  } finally {
    // Whoever holds the other end waits for this process to end; an open input would keep it from that.
    if (options.whileStdinOpen) process.stdin.destroy();
  }
}

function report(state: ClusterState | undefined, json: boolean): void {
  if (!state) return;
  if (json) sayJson(state);
  else {
    note(`Ready after ${state.readySeconds} s: ${state.server}`);
    note(`  export KUBECONFIG=${state.kubeconfig}`);
  }
}

/** Reads the state of a cluster, for commands that only look. */
export function currentState(options: Arguments): ClusterState | undefined {
  const paths = clusterPaths(options.dataDir, options.name);
  const state = readState(paths.state);
  const alive = lockHolder(paths.lock) !== undefined;
  const gone =
    state && state.provider === 'local' && !alive && state.phase !== 'failed';
  return gone ? { ...state, phase: 'stopped' } : state;
}
