/** An image reference in its parts (OCI distribution: `[registry/]path[:tag][@digest]`). */
export interface ImageReference {
  /** Registry and path. */
  repository: string;
  /** Tag and digest with their signs, empty when there are none. */
  version: string;
}

/** Splits an image reference; a colon before the last slash belongs to a registry's port. */
export function parseImage(image: string): ImageReference {
  const [, repository, version] =
    /^((?:[^@]*\/)?[^@/:]*)((?::[^@/]*)?(?:@.*)?)$/.exec(image) ?? [];
  return repository
    ? { repository, version }
    : { repository: image, version: '' };
}

/** Whether an image has a registry, tag or digest, and is therefore not a runtime's name. */
export function isReference(image: string): boolean {
  const { repository, version } = parseImage(image);
  const [first, ...rest] = repository.split('/');
  return version !== '' || (rest.length > 0 && /[.:]/.test(first));
}
