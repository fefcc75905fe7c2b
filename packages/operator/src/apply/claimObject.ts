import {
  ensureFinalizer,
  type Informer,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { finalizer } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../placement';

/**
 * Ensures the finalizer of an object before anything is created for it, so that nothing is left behind.
 *
 * @returns `undefined` on a target while the hub has not written the finalizer yet
 */
export async function claimObject<T extends KubeObject>(
  { target }: Placement,
  { resource }: Informer<T>,
  object: T,
): Promise<T | undefined> {
  if (!target) return ensureFinalizer(resource, object, finalizer);
  return object.metadata.finalizers?.includes(finalizer) ? object : undefined;
}
