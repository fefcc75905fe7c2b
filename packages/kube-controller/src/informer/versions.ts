import type { KubeObject } from '../objects';

/** Returns the resource version of an object, empty when it has none. */
export function versionOf({ metadata }: KubeObject): string {
  return metadata.resourceVersion ?? '';
}

/**
 * Whether a resource version is newer than another. Versions of one kind are increasing decimal
 * numbers (KEP-5504) that may exceed a JavaScript number.
 */
export function isNewer(version: string, than: string): boolean {
  return version.length === than.length
    ? version > than
    : version.length > than.length;
}
