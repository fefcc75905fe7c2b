import {
  ignoreNotFound,
  type Informer,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';

/**
 * Whether a cached object is current on the API server. Checked before anything of it is deleted: a lagging
 * API server may list an object that was deleted or recreated, and deletions cannot be undone.
 */
export async function isCurrent<T extends KubeObject>(
  { resource }: Informer<T>,
  { metadata }: T,
  signal: AbortSignal,
): Promise<boolean> {
  const { name, namespace, uid, generation, deletionTimestamp } = metadata;
  const live = await resource
    .get(name, { namespace, signal })
    .catch(ignoreNotFound);
  return (
    live !== undefined &&
    live.metadata.uid === uid &&
    live.metadata.generation === generation &&
    live.metadata.deletionTimestamp === deletionTimestamp
  );
}

/** Returns the objects that are not being deleted. */
export function notDeleting<T extends KubeObject>(objects: T[]): T[] {
  return objects.filter(({ metadata }) => !metadata.deletionTimestamp);
}
