import { isDeepStrictEqual } from 'node:util';
import {
  isNotFound,
  type KubeObject,
  type ResourceClient,
} from '@bailiwick/backstage-kube-controller';
import { fieldManager } from './names';

/** Writes the status by server-side apply, unless the object has exactly this one already. */
export async function writeStatus<T extends KubeObject & { status?: object }>(
  resource: ResourceClient<T>,
  object: T,
  status: NonNullable<T['status']>,
  signal: AbortSignal,
): Promise<void> {
  const { apiVersion, kind } = resource.type;
  const { name, namespace, uid } = object.metadata;
  // Compared as JSON, in which absent and undefined fields are the same.
  const wanted = JSON.parse(JSON.stringify(status));
  if (isDeepStrictEqual(object.status, wanted)) return;
  try {
    await resource.applyStatus(
      { apiVersion, kind, metadata: { name, namespace, uid }, status: wanted },
      { fieldManager, force: true, signal },
    );
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
