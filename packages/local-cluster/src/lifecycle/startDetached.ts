import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { ClusterError } from '../ClusterError';
import { lastLines } from '../logs/lastLines';
import { createClusterFolder } from './createClusterFolder';
import { clusterPaths, program } from '../paths';
import type { StartOptions } from '../StartOptions';
import type { ClusterState } from '../state/ClusterState';
import { lockHolder } from '../state/SupervisorLock';
import { waitForState, type WaitOptions } from '../state/waitForStep';

/**
 * Starts a supervisor of its own session, unless one runs already, and waits until the cluster is
 * ready.
 *
 * @throws ClusterError when it fails to get ready; nothing is left running then
 */
export async function startDetached(
  options: StartOptions,
  { onState, signal }: Pick<WaitOptions, 'onState' | 'signal'> = {},
): Promise<ClusterState> {
  const paths = clusterPaths(options.dataDir, options.name);
  createClusterFolder(paths.logs);
  const running = lockHolder(paths.lock);
  if (running === undefined) rmSync(paths.state, { force: true });
  const supervisor = running ?? spawnSupervisor(options, paths.supervisorLog);
  return waitForState(
    paths.state,
    ({ phase }) => phase === 'ready',
    'readiness',
    {
      onState,
      signal,
      check: () => {
        if (!isAlive(supervisor)) throw died(paths.supervisorLog);
      },
    },
  );
}

function spawnSupervisor(options: StartOptions, log: string): number {
  const descriptor = openSync(log, 'a');
  const child = spawn(
    program.node,
    [...program.arguments, 'start', ...toFlags(options)],
    {
      stdio: ['ignore', descriptor, descriptor],
      detached: true,
    },
  );
  closeSync(descriptor);
  child.unref();
  return child.pid ?? 0;
}

/** Writes options as the command line that means them. */
export function toFlags(options: StartOptions): string[] {
  return [
    `--name=${options.name}`,
    `--data-dir=${options.dataDir}`,
    `--provider=${options.provider}`,
    ...(options.context ? [`--context=${options.context}`] : []),
    ...(options.controlPlaneOnly ? ['--control-plane-only'] : []),
    ...(options.controllerManager ? ['--controller-manager'] : []),
    ...(options.kinds ? [`--kinds=${options.kinds}`] : []),
    ...(options.podGate ? [`--pod-gate=${options.podGate}`] : []),
    ...(options.simulatedNode
      ? [`--simulated-node=${options.simulatedNode}`]
      : []),
  ];
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function died(log: string): ClusterError {
  return new ClusterError(
    `The cluster's supervisor ended: ${lastLines(log, 2)}`,
    `Read ${log}; then start again.`,
  );
}
