import {
  isNotFound,
  type Informer,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';

/**
 * Whether our copy of an object shows what people want of it now. Asked before something of it is
 * deleted: an API server that lags behind may have listed an object that is gone or was made anew,
 * and what was deleted by mistake does not come back.
 */
export async function isCurrent<T extends KubeObject>(
  { resource }: Informer<T>,
  { metadata }: T,
  signal: AbortSignal,
): Promise<boolean> {
  const { name, namespace, uid, generation, deletionTimestamp } = metadata;
  try {
    const { metadata: live } = await resource.get(name, { namespace, signal });
    return (
      live.uid === uid &&
      live.generation === generation &&
      live.deletionTimestamp === deletionTimestamp
    );
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Those of some objects that nobody deletes yet. */
export function staying<T extends KubeObject>(objects: T[]): T[] {
  return objects.filter(({ metadata }) => !metadata.deletionTimestamp);
}
