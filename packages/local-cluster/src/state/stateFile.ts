import { readIfThere } from '../files';
import type { ClusterState } from './ClusterState';

/** Reads `state.json`; undefined when no cluster was ever started there. */
export function readState(stateFile: string): ClusterState | undefined {
  const content = readIfThere(stateFile);
  return content === undefined
    ? undefined
    : (JSON.parse(content) as ClusterState);
}
