import {
  done,
  ignoreNotFound,
  requeueAfter,
  toKey,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import { deleteObjects, notDeleting } from '../../../apply';
import type { Placement } from '../../../placement';

/** Milliseconds for which a release may exist before its app, as when both are restored from a backup. */
const grace = 10 * 60_000;

/**
 * Deletes releases of an app that does not exist: members cannot delete releases, and a later app of the same name
 * would have them.
 *
 * @returns when to continue, while a release is too young
 */
export async function removeOrphanedReleases(
  { caches, now }: Placement,
  { name, namespace }: { name: string; namespace: string },
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const orphans = notDeleting(
    caches.releases.index('app', toKey(name, namespace)),
  );
  if (orphans.length === 0) return done;
  const ageOf = ({ metadata }: (typeof orphans)[number]) =>
    now().getTime() - Date.parse(metadata.creationTimestamp ?? '');
  const old = orphans.filter(release => ageOf(release) >= grace);
  if (old.length > 0) {
    const app = await caches.apps.resource
      .get(name, { namespace, signal })
      .catch(ignoreNotFound);
    // The cache lags behind.
    if (app) return done;
    await deleteObjects(caches.releases, old, signal);
  }
  const waits = orphans
    .filter(release => !old.includes(release))
    .map(release => grace - ageOf(release));
  return waits.length > 0 ? requeueAfter(Math.min(...waits)) : done;
}
