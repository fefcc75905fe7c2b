import type { Release } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ReleaseView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Returns a release without its large fields. */
export function viewRelease({ metadata, spec }: Release): ReleaseView {
  const { archetype, commit, createdBy, number } = spec;
  return {
    name: metadata.name,
    number,
    commit,
    archetype,
    createdBy,
    createdAt: metadata.creationTimestamp ?? '',
  };
}
