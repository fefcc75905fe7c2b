import { ignoreNotFound } from '@bailiwick/backstage-kube-controller';
import { notDeleting } from '../../../apply';
import { appChildren } from '../../../cache';
import type { Placement } from '../../../placement';
import { isRefusal } from './removeApp';

/**
 * Deletes the objects that a deleted app has left in its environments: its finalizer was removed
 * by hand, or the app was deleted while the operator wrote to it. Code bundles in the home
 * namespace are kept, as they may be all that is left of someone's work.
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
  const app = await caches.apps.resource
    .get(name, { namespace, signal })
    .catch(ignoreNotFound);
  // The cache lags behind.
  if (app) return;
  await applier.remove(left, signal).catch(error => {
    // A forced deletion leaves objects behind that cannot be deleted.
    if (!isRefusal(error)) throw error;
    log.warn(`Can't delete objects of the deleted app ${name}: ${error}`);
  });
}
