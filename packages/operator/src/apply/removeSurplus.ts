import type {
  Informer,
  KubeObject,
} from '@bailiwick/backstage-kube-controller';
import type { Placement } from '../placement';
import { isCurrent, notDeleting } from './isCurrent';

/**
 * Deletes objects that their owner does not need any more, after checking with the API server that the cached
 * owner is current.
 *
 * @returns whether the cached owner may be trusted
 */
export async function removeSurplus<T extends KubeObject>(
  { applier }: Placement,
  owners: Informer<T>,
  owner: T,
  surplus: KubeObject[],
  signal: AbortSignal,
): Promise<boolean> {
  if (notDeleting(surplus).length === 0) return true;
  if (!(await isCurrent(owners, owner, signal))) return false;
  await applier.remove(surplus, signal);
  return true;
}
