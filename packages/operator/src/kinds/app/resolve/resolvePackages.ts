import { createHash } from 'node:crypto';
import {
  annotations,
  bundleName,
  type App,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../../../cache';
import { ObstacleError, type Packages } from '../workload';
import { parseImage } from './imageReference';
import { resolveArchetype } from './resolveArchetype';
import { resolveRelease } from './resolveRelease';
import { resolveRuntime } from './resolveRuntime';

/** Names of packages that apps of a pack can require. The present version of the pack decides for all apps. */
export function allowedPackages(
  { packs }: Pick<Caches, 'packs'>,
  { spec }: App,
): string[] {
  const policy = packs.get(spec.archetype.pack)?.spec.packages;
  return [...(policy?.allow ?? [])].sort();
}

/**
 * Resolves the packages of an app: a release keeps those that are recorded in its status, and everything else has those
 * of the Build for the same file and runtime.
 *
 * @param release - the release that the environment runs; absent for a draft
 * @returns `undefined` if the code requires no packages
 */
export function resolvePackages(
  caches: Pick<Caches, 'builds' | 'homeConfigMaps' | 'packs'>,
  app: App,
  release: Pick<Release, 'spec' | 'status'> | undefined,
  { commit, runtime }: { commit: string; runtime: string },
): Packages | undefined {
  const { name, namespace } = app.metadata;
  const recorded = release?.status?.packages;
  if (recorded) return { artifact: recorded };
  const digest = release
    ? release.spec.bundle.packages
    : packagesDigest(caches, name, namespace, commit);
  if (!digest) return undefined;
  const build = buildName(name, { digest, runtime });
  const { artifact, phase } = caches.builds.get(build, namespace)?.status ?? {};
  if (phase === 'Succeeded') return { artifact };
  const allow = allowedPackages(caches, app);
  return { wanted: { name: build, digest, runtime, allow } };
}

/**
 * Resolves the packages of a release as its environments do.
 *
 * @returns the packages, the runtime image, and whether a later build of the same file could change the packages;
 *   `undefined` if they are unknown
 */
export function resolveReleasePackages(
  caches: Caches,
  app: App,
  release: Release,
): (Packages & { runtime: string; isFixed: boolean }) | undefined {
  try {
    const { name } = release.metadata;
    resolveRelease(caches, app, { release: name });
    const found = resolveArchetype(caches, app, release.spec);
    const { image: runtime } = resolveRuntime(caches, found, release.spec);
    const packages = resolvePackages(caches, app, release, {
      commit: release.spec.commit,
      runtime,
    });
    // Without a version, the runtime of the release follows the pack, and its packages follow the runtime.
    const { version } = parseImage(release.spec.bundle.runtime);
    return { ...packages, runtime, isFixed: version !== '' };
  } catch (error) {
    if (error instanceof ObstacleError) return undefined;
    throw error;
  }
}

/** Returns the digest of the file of a commit that declares packages, `undefined` if its code requires none. */
export function packagesDigest(
  { homeConfigMaps }: Pick<Caches, 'homeConfigMaps'>,
  app: string,
  namespace: string | undefined,
  commit: string,
): string | undefined {
  const bundle = homeConfigMaps.get(bundleName(app, commit), namespace);
  return bundle?.metadata.annotations?.[annotations.packagesDigest];
}

/** Returns the name of the Build for certain inputs: the same inputs need one Build. */
export function buildName(app: string, inputs: object): string {
  const hash = createHash('sha256').update(JSON.stringify(inputs));
  return `${app}-${hash.digest('hex').slice(0, 12)}`;
}
