import type { ResourceClient } from '../client';
import { isNotFound } from '../errors';
import type { KubeObject } from '../objects';

/**
 * Adds a finalizer unless the object has it, by server-side apply, so that somebody who changes the
 * object without pause cannot hinder it; refused when another object has its name now.
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
      // A finalizer is its own field manager's: applying anything else later does not take it away.
      metadata: { name, namespace, uid, finalizers: [finalizer] },
    },
    { fieldManager: finalizer, force: true },
  );
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
  const { name, namespace, uid, resourceVersion } = object.metadata;
  try {
    await resource.patch(
      name,
      { metadata: { finalizers: rest, uid, resourceVersion } },
      { namespace },
    );
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
