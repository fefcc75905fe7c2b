import type { Release } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ReleaseView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Returns a release without its large fields. */
export function viewRelease({ metadata, spec, status }: Release): ReleaseView {
  const { archetype, commit, createdBy, dockerfile, format, number } = spec;
  return {
    name: metadata.name,
    number,
    commit,
    format,
    dockerfile,
    image: status?.image,
    archetype,
    createdBy,
    createdAt: metadata.creationTimestamp ?? '',
  };
}
