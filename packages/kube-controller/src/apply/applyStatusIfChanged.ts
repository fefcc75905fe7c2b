import { isDeepStrictEqual } from 'node:util';
import { isNotFound, KubeApiError } from '../errors';
import type { Informer } from '../informer';
import type { KubeObject } from '../objects';

/**
 * Applies the status server-side unless it is unchanged. No error when the object does not exist.
 *
 * @throws KubeApiError (Conflict) when the object changed since it was read
 * @public
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
        // A concurrent change must trigger a reconciliation, and the response to this write would
        // hide it.
        metadata: { name, namespace, uid, resourceVersion },
        status: wanted,
      },
      { fieldManager, force: true, signal },
    );
  } catch (error) {
    if (isNotFound(error)) return;
    if (!isUnknownField(error)) throw error;
    // An API server with an older definition of the kind drops unknown fields.
    await resource.patchStatus(name, wanted, {
      namespace,
      fieldManager,
      resourceVersion,
      signal,
    });
  }
}

/** Removes undefined fields, which server-side apply refuses. */
function isUnknownField(error: unknown): boolean {
  return (
    error instanceof KubeApiError &&
    error.message.includes('field not declared in schema')
  );
}
