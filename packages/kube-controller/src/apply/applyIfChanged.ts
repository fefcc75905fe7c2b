import { createHash } from 'node:crypto';
import type { Desired } from '../client';
import { isNotFound } from '../errors';
import { ForeignObjectError } from './ForeignObjectError';
import type { Informer } from '../informer';
import type { KubeObject } from '../objects';
import { isSubset } from './isSubset';
import { withAnnotation } from './withAnnotation';

/** Options of {@link applyIfChanged}. */
export interface ApplyIfChangedOptions<T extends KubeObject> {
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
 * @param informer - the copy in which the live object is looked up; it sees the write at once
 * @returns the live object, as the copy has it when nothing was written
 * @throws ForeignObjectError when an object of that name exists and is not ours
 */
export async function applyIfChanged<T extends KubeObject>(
  informer: Informer<T>,
  desired: Desired,
  options: ApplyIfChangedOptions<T>,
): Promise<T> {
  const { fieldManager, isOurs, hashAnnotation, signal } = options;
  const { name, namespace } = desired.metadata;
  const wanted = withHash(desired, hashAnnotation);
  const live =
    informer.get(name, namespace) ?? (await find(informer, desired, signal));
  if (live && !isOurs(live)) throw new ForeignObjectError(live);
  if (live && isSubset(wanted, live)) return live;
  return informer.resource.apply(withUid(wanted, live), {
    fieldManager,
    // Of an object that was not there nothing needs to be taken over.
    force: live !== undefined,
    signal,
  });
}

/** An object that the copy does not have may exist all the same, if it is a copy of a selection. */
async function find<T extends KubeObject>(
  { resource, isComplete }: Informer<T>,
  { metadata: { name, namespace } }: KubeObject,
  signal?: AbortSignal,
): Promise<T | undefined> {
  if (isComplete) return undefined;
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
  return withAnnotation(desired, annotation, hash.slice(0, 16));
}

// The uid makes the server refuse when the object was deleted and made again meanwhile.
function withUid(desired: Desired, live: KubeObject | undefined): Desired {
  return live
    ? { ...desired, metadata: { ...desired.metadata, uid: live.metadata.uid } }
    : desired;
}
