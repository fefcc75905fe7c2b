import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { ClusterError } from '../ClusterError';
import { clusterPaths, program } from '../paths';
import type { StartOptions } from '../StartOptions';
import type { ClusterState } from '../state/ClusterState';
import { readState } from '../state/stateFile';
import { toFlags } from './startDetached';

/** A cluster that ends with the process that started it. */
export interface AttachedCluster {
  state: ClusterState;
  stop: () => Promise<void>;
}

/**
 * Starts a cluster in a process of its own that lives no longer than this one, whatever end this one
 * takes. Meant for tests.
 *
 * @throws ClusterError with the reason and the remedy when it does not get ready
 */
export async function startAttached(
  options: StartOptions,
): Promise<AttachedCluster> {
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
  // The state is printed on standard output once everything is ready.
  const first = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => undefined),
  ]);
  const state = readState(clusterPaths(options.dataDir, options.name).state);
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
