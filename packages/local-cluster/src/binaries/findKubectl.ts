import { findOnPath } from '../process/findOnPath';
import { ensurePrograms } from './ensurePrograms';
import { kubernetesSet } from './programSets';

/** Returns the path of a kubectl: that of the machine, or else of the local cluster's programs. */
export async function findKubectl(
  report: (detail: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const found = findOnPath('kubectl');
  if (found) return found;
  return (await ensurePrograms(kubernetesSet, { report, signal })).path(
    'kubectl',
  );
}
