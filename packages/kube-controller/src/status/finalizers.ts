import type { ResourceClient } from '../client';
import { isNotFound } from '../errors';
import type { KubeObject } from '../objects';

/** Adds a finalizer unless the object has it; fails with Conflict when the object changed meanwhile. */
export async function ensureFinalizer<T extends KubeObject>(
  resource: ResourceClient<T>,
  object: T,
  finalizer: string,
): Promise<T> {
  const { finalizers = [] } = object.metadata;
  return finalizers.includes(finalizer)
    ? object
    : setFinalizers(resource, object, [...finalizers, finalizer]);
}

/** Removes a finalizer; fine when it, or the object, is gone already. */
export async function dropFinalizer<T extends KubeObject>(
  resource: ResourceClient<T>,
  object: T,
  finalizer: string,
): Promise<void> {
  const { finalizers = [] } = object.metadata;
  if (!finalizers.includes(finalizer)) return;
  const rest = finalizers.filter(one => one !== finalizer);
  try {
    await setFinalizers(resource, object, rest);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function setFinalizers<T extends KubeObject>(
  resource: ResourceClient<T>,
  { metadata }: T,
  finalizers: string[],
): Promise<T> {
  const { name, namespace, uid, resourceVersion } = metadata;
  return resource.patch(
    name,
    { metadata: { finalizers, uid, resourceVersion } },
    { namespace },
  );
}
