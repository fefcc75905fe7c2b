import { isNotFound } from '@bailiwick/backstage-kube-controller';
import { notDeleting } from '../../../apply';
import { appChildren } from '../../../cache';
import type { Placement } from '../../../placement';
import { isRefusal } from './removeApp';

/**
 * Deletes what an app that is gone has left in its environments. The finalizer prevents that, but for two
 * cases: somebody took it away by hand, or the API server deleted the app at the moment in which it was
 * written. Packed code in the home namespace stays; it may be all that is left of somebody's work.
 */
export async function removeLeftovers(
  { applier, caches, log }: Placement,
  tenant: string,
  { name, namespace }: { name: string; namespace: string },
  signal: AbortSignal,
): Promise<void> {
  const left = notDeleting(appChildren(caches, tenant, name)).filter(
    ({ metadata }) => metadata.namespace !== namespace,
  );
  if (left.length === 0) return;
  try {
    await caches.apps.resource.get(name, { namespace, signal });
    return; // our copy lags behind
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  await applier.remove(left, signal).catch(error => {
    // A forced deletion leaves behind what cannot be deleted.
    if (!isRefusal(error)) throw error;
    log.warn(`Objects of the app ${name}, which is gone, stay: ${error}`);
  });
}
