import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { ClusterError } from '../ClusterError';
import { clusterPaths, program } from '../paths';
import type { StartOptions } from '../StartOptions';
import type { ClusterState } from '../state/ClusterState';
import { readState, tryReadState } from '../state/stateFile';
import type { WaitOptions } from '../state/waitForStep';
import { toFlags } from './startDetached';

/** A cluster that ends with the process that started it. */
export interface AttachedCluster {
  state: ClusterState;
  stop: () => Promise<void>;
}

const POLL_MS = 500;

/**
 * Starts a cluster in a separate process that never outlives this one. For tests.
 *
 * @param following - `signal` cancels the start; `onState` receives the state until the cluster is ready
 * @throws ClusterError with reason and remedy when it does not become ready; the signal's reason after a cancellation,
 * when the cluster has ended
 */
export async function startAttached(
  options: StartOptions,
  following: Pick<WaitOptions, 'signal' | 'onState'> = {},
): Promise<AttachedCluster> {
  const { onState, signal } = following;
  signal?.throwIfAborted();
  const { state: stateFile } = clusterPaths(options.dataDir, options.name);
  const child = spawn(
    program.node,
    [
      ...program.arguments,
      'start',
      '--while-stdin-open',
      '--json',
      ...toFlags(options),
    ],
    { stdio: ['pipe', 'pipe', 'ignore'], detached: true },
  );
  const ended = once(child, 'exit');
  const abandon = () => child.stdin.end();
  signal?.addEventListener('abort', abandon);
  const telling = setInterval(() => {
    const state = tryReadState(stateFile);
    if (state && state.supervisorPid === child.pid) onState?.(state);
  }, POLL_MS);
  // The state is printed on standard output once everything is ready.
  const first = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => undefined),
  ]);
  clearInterval(telling);
  signal?.removeEventListener('abort', abandon);
  if (signal?.aborted) {
    await ended;
    throw signal.reason;
  }
  const state = readState(stateFile);
  if (!first || state?.phase !== 'ready') {
    throw new ClusterError(
      state?.error?.message ?? 'The cluster ended before it was ready.',
      state?.error?.remedy ??
        'Start it with bailiwick-cluster start to see why.',
    );
  }
  child.stdout.resume();
  (child.stdout as Socket).unref();
  child.unref();
  const stop = async () => {
    child.ref();
    child.stdin.end();
    await ended;
  };
  return { state, stop };
}
