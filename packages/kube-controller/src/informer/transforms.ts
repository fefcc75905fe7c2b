import type { KubeObject } from '../objects';

/** The object without `metadata.managedFields`, usually more than half of its size. */
export function dropManagedFields<T extends KubeObject>(object: T): T {
  // In place: the object was just parsed and belongs to nobody else.
  delete (object.metadata as { managedFields?: unknown }).managedFields;
  return object;
}

/** Makes an object and everything in it read-only, so that a change of a shared object throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value))
    return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}
