import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { Caches } from '../cache';
import type { Placement } from './Placement';
import type { Target } from './Target';

/**
 * Returns the first target that still has objects of something being deleted, or that may have some and is
 * not connected.
 *
 * @param named - clusters on which objects may exist
 * @param objectsIn - finds the objects in the caches of a target
 */
export function pendingTarget<T extends KubeObject>(
  { targets }: Pick<Placement, 'targets'>,
  named: readonly (string | undefined)[],
  objectsIn: (caches: Caches) => T[],
): { target: Target; objects?: T[] } | undefined {
  for (const target of targets.list()) {
    const { caches, isConnected, name } = target;
    const objects = isConnected && caches ? objectsIn(caches) : undefined;
    if (objects ? objects.length > 0 : named.includes(name))
      return { target, objects };
  }
  return undefined;
}
