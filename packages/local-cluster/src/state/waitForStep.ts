import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from '../ClusterError';
import type { ClusterState } from './ClusterState';
import { tryReadState } from './stateFile';
import { lockHolder } from './SupervisorLock';

const POLL_MS = 100;
const DEFAULT_TIMEOUT_MS = 15 * 60_000;

/** Time limit of a wait, and the receiver of its progress. */
export interface WaitOptions {
  signal?: AbortSignal;
  /** Milliseconds without progress in any step, after which the wait fails; 15 minutes by default. */
  timeout?: number;
  onState?: (state: ClusterState) => void;
  /** Ends the wait with an error, for example if no process updates the state any more. */
  check?: () => void;
}

/**
 * Waits until a step of a starting cluster is done, for example `api`: from then on the kubeconfig works. Steps of an
 * earlier run do not count.
 *
 * @param stateFile - path of the cluster's `state.json`, which may not exist yet
 * @returns the state in which the step was done
 * @throws ClusterError when the start failed or makes no progress; the signal's reason when aborted
 */
export function waitForStep(
  stateFile: string,
  step: string,
  options: WaitOptions = {},
): Promise<ClusterState> {
  return waitForState(
    stateFile,
    state =>
      state.steps.some(
        ({ name, state: now }) => name === step && now === 'done',
      ),
    `step "${step}"`,
    options,
  );
}

/**
 * Waits until the state of a running cluster meets a condition.
 *
 * @param wanted - description of the condition
 * @throws ClusterError when the start failed or makes no progress; the signal's reason when aborted
 */
export async function waitForState(
  stateFile: string,
  holds: (state: ClusterState) => boolean,
  wanted: string,
  { signal, timeout = DEFAULT_TIMEOUT_MS, onState, check }: WaitOptions = {},
): Promise<ClusterState> {
  const lock = join(dirname(stateFile), 'supervisor.lock');
  let deadline = Date.now() + timeout;
  let last = '';
  let progress = '';
  while (Date.now() < deadline) {
    const state = tryReadState(stateFile);
    const content = JSON.stringify(state);
    if (state && content !== last) onState?.(state);
    last = content;
    // Not the whole state: a process that restarts again and again is no progress.
    const steps = JSON.stringify(state?.steps);
    if (steps !== progress) deadline = Date.now() + timeout;
    progress = steps;
    if (state?.phase === 'failed' && state.error) {
      throw new ClusterError(state.error.message, state.error.remedy);
    }
    const alive = state && lockHolder(lock) === state.supervisorPid;
    if (alive && holds(state)) return state;
    check?.();
    await sleep(POLL_MS, undefined, { signal });
  }
  throw new ClusterError(
    `The cluster did not come to ${wanted}: no progress for ${Math.round(
      timeout / 1000,
    )} s.`,
    'bailiwick-cluster status shows the current step; bailiwick-cluster stop stops the cluster.',
  );
}
