import {
  applyStatusIfChanged,
  keyOf,
  toInstant,
  toKey,
} from '@bailiwick/backstage-kube-controller';
import type { Release } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { fieldManager } from '../../names';
import type { Placement } from '../../placement';
import { resolveReleasePackages } from '../app';
import { judgeAdvisories } from './judgeAdvisories';

/** Name of the evidence. */
const check = 'advisories';

/** Image with the packages of a release, `undefined` while it is unknown or not recorded. */
export interface KnownPackages {
  /** Absent if the runtime has everything that the code requires. */
  artifact?: string;
  /** Runtime image that they are for. */
  runtime: string;
}

/** Returns the packages of a release once they cannot change any more. */
export function knownPackages(
  { caches }: Placement,
  release: Release,
): KnownPackages | undefined {
  const found = findPackages(caches, release);
  if (!found || found.wanted) return undefined;
  const isRecorded = release.status?.packages === found.artifact;
  const { artifact, runtime } = found;
  return isRecorded || !found.isFixed ? { artifact, runtime } : undefined;
}

/**
 * Records the packages of a release in its status, which cannot be changed afterwards: a later build of the same file
 * could resolve to newer versions. Also records the advisories that the build found. Waits for the build if it has not
 * ended.
 *
 * @returns the release with its packages
 */
export async function recordPackages(
  { caches, now, target }: Placement,
  release: Release,
  signal: AbortSignal,
): Promise<Release> {
  const { artifact, isFixed } = findPackages(caches, release) ?? {};
  if (target || !artifact || !isFixed || release.status?.packages)
    return release;
  const evidence = withAdvisories(caches, release, artifact, now());
  await applyStatusIfChanged(
    caches.releases,
    release,
    { ...release.status, packages: artifact, ...(evidence && { evidence }) },
    { fieldManager, signal },
  );
  return caches.releases.get(keyOf(release)) ?? release;
}

/** Returns the evidence of a release with the advisories of the build of its packages. */
function withAdvisories(
  { builds }: Placement['caches'],
  { metadata, spec, status }: Release,
  artifact: string,
  now: Date,
) {
  const build = builds
    .index('app', toKey(spec.app, metadata.namespace))
    .find(one => one.status?.artifact === artifact && !one.spec.image);
  const verdict = build && judgeAdvisories(build);
  if (!verdict) return status?.evidence;
  const others = (status?.evidence ?? []).filter(one => one.check !== check);
  return [...others, { check, ...verdict, at: toInstant(now) }];
}

function findPackages(caches: Placement['caches'], release: Release) {
  const { metadata, spec } = release;
  const app = caches.apps.get(spec.app, metadata.namespace);
  return app && resolveReleasePackages(caches, app, release);
}
