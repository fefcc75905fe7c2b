import type {
  Release,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common';

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
