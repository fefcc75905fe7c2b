import { createHash } from 'node:crypto';
import type { Desired, ResourceClient } from '../client';
import { ForeignObjectError, isNotFound } from '../errors';
import type { KubeObject } from '../objects';
import { covers } from './covers';

/** Options of {@link applyIfChanged}. */
export interface ApplyIfChangedOptions<T extends KubeObject> {
  /** The object as the cache has it; looked up on the server when absent. */
  cached: T | undefined;
  fieldManager: string;
  /** Whether an existing object may be written to. */
  isOurs: (live: T) => boolean;
  /** Annotation that remembers what was wanted, so that a field no longer wanted is noticed. */
  hashAnnotation: string;
  signal?: AbortSignal;
}

/**
 * Server-side apply that writes only when something would change: when a wanted field differs in
 * the live object, or when other fields are wanted than last time. Takes wanted fields over from
 * other managers, and never touches an object that is not ours.
 *
 * @returns the live object, as cached when nothing was written
 * @throws ForeignObjectError when an object of that name exists and is not ours
 */
export async function applyIfChanged<T extends KubeObject>(
  resource: ResourceClient<T>,
  desired: Desired,
  options: ApplyIfChangedOptions<T>,
): Promise<T> {
  const { cached, fieldManager, isOurs, hashAnnotation, signal } = options;
  const wanted = withHash(desired, hashAnnotation);
  const live = cached ?? (await find(resource, desired, signal));
  if (live && !isOurs(live)) throw new ForeignObjectError(live);
  if (live && covers(live, wanted)) return live;
  return resource.apply(withUid(wanted, live), {
    fieldManager,
    force: true,
    signal,
  });
}

async function find<T extends KubeObject>(
  resource: ResourceClient<T>,
  { metadata: { name, namespace } }: KubeObject,
  signal?: AbortSignal,
): Promise<T | undefined> {
  try {
    return await resource.get(name, { namespace, signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function withHash(desired: Desired, annotation: string): Desired {
  const hash = createHash('sha256')
    .update(JSON.stringify(desired))
    .digest('hex');
  const { metadata } = desired;
  return {
    ...desired,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [annotation]: hash.slice(0, 16) },
    },
  };
}

// The uid makes the server refuse when the object was deleted and made again meanwhile.
function withUid(desired: Desired, live: KubeObject | undefined): Desired {
  return live
    ? { ...desired, metadata: { ...desired.metadata, uid: live.metadata.uid } }
    : desired;
}
