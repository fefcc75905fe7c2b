import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Caches } from '../../cache';
import { orNothing } from '../../ignoreNotFound';

/** Deletes runs, each only if it is still the same one and not going already. */
export async function removeRuns(
  { runs: { resource } }: Caches,
  runs: Run[],
  signal: AbortSignal,
): Promise<void> {
  for (const { metadata } of runs) {
    const { deletionTimestamp, name, namespace, uid } = metadata;
    if (deletionTimestamp) continue;
    await resource.delete(name, { namespace, uid, signal }).catch(orNothing);
  }
}
