import type { KubeObject } from '../objects';

/** Drops `metadata.managedFields`, usually more than half of an object's size. @public */
export function dropManagedFields<T extends KubeObject>(object: T): T {
  // In place, as the object was just parsed and is not shared.
  delete (object.metadata as { managedFields?: unknown }).managedFields;
  return object;
}

/** Freezes an object deeply, so that modifying a shared object throws. @public */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value))
    return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}
