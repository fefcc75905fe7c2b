import { isDeepStrictEqual } from 'node:util';
import { isNotFound, KubeApiError } from '../errors';
import type { Informer } from '../informer';
import type { KubeObject } from '../objects';

/**
 * Writes the status by server-side apply, unless the object has exactly this one already. Fine
 * when the object is gone.
 *
 * @throws KubeApiError (Conflict) when the object changed since it was read
 */
export async function applyStatusIfChanged<
  T extends KubeObject & { status?: object },
>(
  { resource, type }: Informer<T>,
  object: T,
  status: NonNullable<T['status']>,
  { fieldManager, signal }: { fieldManager: string; signal?: AbortSignal },
): Promise<void> {
  const { apiVersion, kind } = type;
  const { name, namespace, uid, resourceVersion } = object.metadata;
  // Compared as JSON, in which absent and undefined fields are the same.
  const wanted = JSON.parse(JSON.stringify(status));
  if (isDeepStrictEqual(object.status, wanted)) return;
  try {
    await resource.applyStatus(
      {
        apiVersion,
        kind,
        // Who changed the object meanwhile must be heard: the answer to this write would hide it.
        metadata: { name, namespace, uid, resourceVersion },
        status: wanted,
      },
      { fieldManager, force: true, signal },
    );
  } catch (error) {
    if (isNotFound(error)) return;
    if (!isUnknownField(error)) throw error;
    // An API server with an older definition of the kind keeps what it knows, and drops the rest.
    await resource.patchStatus(name, wanted, {
      namespace,
      fieldManager,
      resourceVersion,
      signal,
    });
  }
}

/** Server-side apply refuses what a merge patch leaves out. */
function isUnknownField(error: unknown): boolean {
  return (
    error instanceof KubeApiError &&
    error.message.includes('field not declared in schema')
  );
}
