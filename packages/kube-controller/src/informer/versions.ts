import type { KubeObject } from '../objects';

/** Version of an object, empty when it has none. */
export function versionOf({ metadata }: KubeObject): string {
  return metadata.resourceVersion ?? '';
}

/**
 * Whether a resource version is newer than another. Versions of one kind are decimal numbers that
 * grow (KEP-5504); they may be larger than a JavaScript number.
 */
export function isNewer(version: string, than: string): boolean {
  return version.length === than.length
    ? version > than
    : version.length > than.length;
}
