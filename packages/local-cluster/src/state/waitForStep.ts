import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from '../ClusterError';
import type { ClusterState } from './ClusterState';
import { readState } from './stateFile';

const POLL_MS = 100;

/**
 * Waits until a step of a starting cluster is done, for example `api`: from then on the kubeconfig
 * works.
 *
 * @param stateFile - path of the cluster's `state.json`, which need not exist yet
 * @param options - `timeout` in milliseconds (15 minutes unless given); `onState` hears every change
 * @returns the state in which the step was done
 * @throws ClusterError when the start failed or the time is over; the signal's reason when aborted
 */
export async function waitForStep(
  stateFile: string,
  step: string,
  options: {
    signal?: AbortSignal;
    timeout?: number;
    onState?: (state: ClusterState) => void;
  } = {},
): Promise<ClusterState> {
  const { signal, timeout = 15 * 60_000, onState } = options;
  const deadline = Date.now() + timeout;
  let last = '';
  while (Date.now() < deadline) {
    const state = readState(stateFile);
    const content = JSON.stringify(state);
    if (state && content !== last) onState?.(state);
    last = content;
    if (state?.phase === 'failed' && state.error) {
      throw new ClusterError(state.error.message, state.error.remedy);
    }
    if (state?.steps.some(each => each.name === step && each.state === 'done'))
      return state;
    await sleep(POLL_MS, undefined, { signal });
  }
  throw new ClusterError(
    `Step "${step}" of the cluster was not done after ${Math.round(
      timeout / 1000,
    )} s.`,
    'Run bailiwick-cluster status to see what it waits for.',
  );
}
