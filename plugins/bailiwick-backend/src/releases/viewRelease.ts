import type {
  Build,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ReleaseView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Returns a release without its large fields. */
export function viewRelease(
  { metadata, spec, status }: Release,
  build?: Build,
): ReleaseView {
  const { archetype, commit, createdBy, dockerfile, format, number } = spec;
  return {
    name: metadata.name,
    number,
    commit,
    format,
    dockerfile,
    image: status?.image,
    build: build && (build.status?.phase ?? 'Pending'),
    archetype,
    createdBy,
    createdAt: metadata.creationTimestamp ?? '',
  };
}
