import { readJson } from '../files';
import type { ClusterState } from './ClusterState';

/**
 * Reads `state.json`; undefined when no cluster was ever started there.
 *
 * @throws ClusterError when the file is damaged
 */
export function readState(stateFile: string): ClusterState | undefined {
  return readJson<ClusterState>(stateFile, {
    remedy:
      'Stop and start the cluster again; this rewrites the file and keeps the data.',
    isComplete: ({ components, phase, steps, supervisorPid }) =>
      typeof phase === 'string' &&
      typeof supervisorPid === 'number' &&
      Array.isArray(steps) &&
      Array.isArray(components),
  });
}

/** Like {@link readState}, with `undefined` for a damaged file, for callers that can continue without it. */
export function tryReadState(stateFile: string): ClusterState | undefined {
  try {
    return readState(stateFile);
  } catch {
    return undefined;
  }
}
