import { readFile } from 'node:fs/promises';
import {
  findCondition,
  nodesReadyCondition,
  type Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  ClusterStep,
  Staleness,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** State of a starting cluster, as written by `bailiwick-cluster`. */
export interface ClusterState {
  phase: 'starting' | 'ready' | 'failed' | 'stopped';
  error?: { message: string; remedy: string };
  steps: ClusterStep[];
}

/** Reads the state file; `undefined` if it does not exist. */
export async function readClusterState(
  file: string | undefined,
): Promise<ClusterState | undefined> {
  if (!file) return undefined;
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Returns a message that names the nodes of the portal's own cluster that are not ready; `undefined` if all are ready
 * or no node is known.
 */
export function nodeWarning(clusters: Cluster[]): string | undefined {
  const own = clusters.find(({ spec }) => spec.credentials === undefined);
  const found = findCondition(own?.status, nodesReadyCondition);
  return found?.reason === 'NodeNotReady'
    ? `${found.message}. Apps on it may still respond; their health is unknown.`
    : undefined;
}

/**
 * Returns the progress of the cluster's start in one sentence.
 *
 * @param warning - problem while the API server responds
 */
export function progressMessage(
  connected: boolean,
  state: ClusterState | undefined,
  { stale, warning }: { stale?: Staleness; warning?: string } = {},
): string {
  if (state?.error) return `${state.error.message} ${state.error.remedy}`;
  if (stale) {
    return stale.who === 'operator'
      ? stale.why
      : `${stale.why} The page may be out of date and updates when the cluster is back.`;
  }
  if (connected) return warning ?? 'The cluster is ready.';
  const running = state?.steps.find(step => step.state === 'running');
  return running
    ? `The cluster is starting: ${running.title}.`
    : 'Waiting for the cluster to respond.';
}
