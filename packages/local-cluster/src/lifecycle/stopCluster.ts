import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanMachine } from '../local/isolation';
import { readIfThere, replaceJson } from '../files';
import { clusterPaths, type ClusterPaths } from '../paths';
import { kindName } from '../providers/commands';
import { removeKind } from '../providers/kind';
import { tryReadState } from '../state/stateFile';
import { lockHolder, startOf } from '../state/SupervisorLock';

const PATIENCE_MS = 20_000;
const POLL_MS = 50;

/**
 * Stops a cluster and removes whatever of it is left on the machine, also after its supervisor was
 * killed.
 *
 * @returns whether one was running
 */
export async function stopCluster(
  dataDir: string,
  name: string,
): Promise<boolean> {
  const paths = clusterPaths(dataDir, name);
  const supervisor = lockHolder(paths.lock);
  if (supervisor !== undefined) await endSupervisor(supervisor);
  await cleanMachine(paths, 'release');
  const state = tryReadState(paths.state);
  if (!state) await rm(paths.state, { force: true });
  else if (state.phase !== 'stopped') {
    replaceJson(paths.state, { ...state, phase: 'stopped' });
  }
  return supervisor !== undefined;
}

/** Stops a cluster and deletes its data. */
export async function resetCluster(
  dataDir: string,
  name: string,
): Promise<void> {
  const paths = clusterPaths(dataDir, name);
  const { directory } = paths;
  const hasKind = isKind(paths);
  await stopCluster(dataDir, name);
  if (hasKind) await removeKind(kindName(directory));
  await rm(directory, { recursive: true, force: true });
}

/** Whether a cluster is one of kind, also when its state file is damaged: its kubeconfig names it. */
export function isKind(paths: ClusterPaths): boolean {
  const state = tryReadState(paths.state);
  if (state) return state.provider === 'kind';
  const kubeconfig = readIfThere(paths.kubeconfig) ?? '';
  return kubeconfig.includes(`kind-${kindName(paths.directory)}`);
}

/** Ends a supervisor, by force if it does not end in time. It releases its lock a moment before it ends. */
async function endSupervisor(supervisor: number): Promise<void> {
  const started = startOf(supervisor);
  const isAlive = () =>
    started !== undefined && startOf(supervisor) === started;
  process.kill(supervisor, 'SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while (isAlive() && Date.now() < deadline) await sleep(POLL_MS);
  if (!isAlive()) return;
  process.kill(supervisor, 'SIGKILL');
  while (isAlive()) await sleep(POLL_MS);
}
