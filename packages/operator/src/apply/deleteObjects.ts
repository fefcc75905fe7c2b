import {
  ignoreNotFound,
  type Informer,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';

/** Deletes objects, except those that were replaced by others of the same name or are being deleted. */
export async function deleteObjects<T extends KubeObject>(
  { resource }: Pick<Informer<T>, 'resource'>,
  objects: T[],
  signal: AbortSignal,
): Promise<void> {
  for (const { metadata } of objects) {
    const { deletionTimestamp, name, namespace, uid } = metadata;
    if (deletionTimestamp) continue;
    await resource
      .delete(name, { namespace, uid, signal })
      .catch(ignoreNotFound);
  }
}
