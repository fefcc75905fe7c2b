import { createHash } from 'node:crypto';
import type { Desired } from '../client';
import { ignoreNotFound } from '../errors';
import { ForeignObjectError } from './ForeignObjectError';
import type { Informer } from '../informer';
import type { KubeObject } from '../objects';
import { isSubset } from './isSubset';
import { withAnnotation } from './withAnnotation';

/** Where {@link applyIfChanged} finds live objects: an informer, or a list of objects that are not watched. @public */
export type LiveObjects<T extends KubeObject> = Pick<
  Informer<T>,
  'get' | 'isComplete' | 'resource'
>;

/** Options of {@link applyIfChanged}. @public */
export interface ApplyIfChangedOptions<T extends KubeObject> {
  fieldManager: string;
  /** Whether an existing object may be written to. */
  isOurs: (live: T) => boolean;
  /** Annotation with the hash of the desired object, so that removed fields are noticed. */
  hashAnnotation: string;
  signal?: AbortSignal;
}

/**
 * Applies an object server-side only if a desired field differs in the live object, or the desired fields changed since
 * the last write. Takes ownership of desired fields from other managers, and never writes to a foreign object.
 *
 * @param objects - live objects; an informer contains the write at once
 * @returns the live object
 * @throws ForeignObjectError when a foreign object has that name
 * @public
 */
export async function applyIfChanged<T extends KubeObject>(
  objects: LiveObjects<T>,
  desired: Desired,
  options: ApplyIfChangedOptions<T>,
): Promise<T> {
  const { fieldManager, isOurs, hashAnnotation, signal } = options;
  const { name, namespace } = desired.metadata;
  const wanted = withHash(desired, hashAnnotation);
  const live =
    objects.get(name, namespace) ?? (await find(objects, desired, signal));
  if (live && !isOurs(live)) throw new ForeignObjectError(live);
  if (live && isSubset(wanted, live)) return live;
  return objects.resource.apply(withUid(wanted, live), {
    fieldManager,
    // A new object has no fields of other managers.
    force: live !== undefined,
    signal,
  });
}

/** An object that is not in the cache may exist if the cache holds a selection. */
async function find<T extends KubeObject>(
  { resource, isComplete }: LiveObjects<T>,
  { metadata: { name, namespace } }: KubeObject,
  signal?: AbortSignal,
): Promise<T | undefined> {
  return isComplete
    ? undefined
    : resource.get(name, { namespace, signal }).catch(ignoreNotFound);
}

function withHash(desired: Desired, annotation: string): Desired {
  const hash = createHash('sha256')
    .update(JSON.stringify(desired))
    .digest('hex');
  return withAnnotation(desired, annotation, hash.slice(0, 16));
}

// With the uid, the server refuses the write when the object was recreated meanwhile.
function withUid(desired: Desired, live: KubeObject | undefined): Desired {
  return live
    ? { ...desired, metadata: { ...desired.metadata, uid: live.metadata.uid } }
    : desired;
}
