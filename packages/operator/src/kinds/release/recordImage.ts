import { applyStatusIfChanged } from '@bailiwick/backstage-kube-controller';
import type { Release } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { deleteObjects } from '../../apply';
import { fieldManager } from '../../names';
import type { Placement } from '../../placement';
import { buildName, createBuild, wasSuperseded } from '../app';
import { knownPackages } from './recordPackages';

/** Whether a release has its image, or needs none. */
export function hasImage({ spec, status }: Release): boolean {
  return spec.format !== 'image' || status?.image !== undefined;
}

/**
 * Ensures that the image of a release is built, and records it in the status of the release, which cannot be changed
 * afterwards.
 */
export async function recordImage(
  placement: Placement,
  release: Release,
  signal: AbortSignal,
): Promise<void> {
  const { caches, hub, target } = placement;
  if (target || hasImage(release)) return;
  const packages = knownPackages(placement, release);
  if (!packages) return;
  const { metadata, spec } = release;
  const { app, bundle, commit, dockerfile } = spec;
  const image = {
    release: metadata.name,
    code: bundle.digest,
    ...(packages.artifact && { packages: packages.artifact }),
    ...(dockerfile && { dockerfile }),
  };
  const { runtime } = packages;
  const name = buildName(app, { ...image, runtime });
  const build = caches.builds.get(name, metadata.namespace);
  if (!build) {
    await createBuild(
      hub,
      { name, namespace: metadata.namespace },
      { app, commit, runtime, image },
      signal,
    );
    return;
  }
  if (wasSuperseded(build)) {
    await deleteObjects(caches.builds, [build], signal);
    return;
  }
  const { artifact, phase } = build.status ?? {};
  if (phase !== 'Succeeded' || !artifact) return;
  await applyStatusIfChanged(
    caches.releases,
    release,
    { ...release.status, image: artifact },
    { fieldManager, signal },
  );
}
