import type { ResourceClient } from '../client';
import { ignoreNotFound } from '../errors';
import type { KubeObject } from '../objects';

/**
 * Adds a finalizer unless the object has it, by server-side apply, so that concurrent changes
 * cause no conflicts; refused when the object was recreated.
 *
 * @public
 */
export async function ensureFinalizer<T extends KubeObject>(
  resource: ResourceClient<T>,
  object: T,
  finalizer: string,
): Promise<T> {
  const { apiVersion, kind } = resource.type;
  const { name, namespace, uid, finalizers = [] } = object.metadata;
  if (finalizers.includes(finalizer)) return object;
  return resource.apply(
    {
      apiVersion,
      kind,
      // The finalizer has its own field manager, so that other applies do not remove it.
      metadata: { name, namespace, uid, finalizers: [finalizer] },
    },
    { fieldManager: finalizer, force: true },
  );
}

/** Removes a finalizer; no error when it, or the object, does not exist. @public */
export async function dropFinalizer<T extends KubeObject>(
  resource: ResourceClient<T>,
  object: T,
  finalizer: string,
): Promise<void> {
  const { finalizers = [] } = object.metadata;
  if (!finalizers.includes(finalizer)) return;
  const rest = finalizers.filter(one => one !== finalizer);
  const { name, namespace, uid, resourceVersion } = object.metadata;
  await resource
    .patch(
      name,
      { metadata: { finalizers: rest, uid, resourceVersion } },
      { namespace },
    )
    .catch(ignoreNotFound);
}
