import { isDeepStrictEqual } from 'node:util';
import {
  ignoreNotFound,
  keyOf,
  toKey,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  homeNamespace,
  type App,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { deleteObjects } from '../../../apply';
import { toolsAnnotation } from '../../../names';
import type { Caches } from '../../../cache';
import type { Placement } from '../../../placement';
import { readBundle } from '../desired';
import { youngestFirst } from '../health';
import {
  endedWithoutResult,
  packagesDigest,
  packagesRepository,
  wasSuperseded,
} from '../resolve';
import {
  throwBuilding,
  throwFailed,
  throwPending,
  type Packages,
  type Workload,
} from '../workload';
import { createBuild } from './createBuild';

/** Number of builds that are kept for each app. */
const keptBuilds = 10;
/** Field manager of the mark on builds that nothing needs. */
const supersedingManager = 'bailiwick-superseding';

/** Ensures that builds have a place for packages. @throws ObstacleError */
export function requireRegistry(caches: Pick<Caches, 'runtimeImages'>): void {
  if (!packagesRepository(caches))
    throwFailed(
      'This installation has no registry for packages.',
      'Ask the platform team to configure one.',
    );
}

/** Ensures that the packages of an app are built. @throws ObstacleError until they are */
export async function requirePackages(
  placement: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const wanted = workload.packages?.wanted;
  if (!wanted) return;
  const { caches } = placement;
  const home = homeNamespace(workload.tenant);
  requireRegistry(caches);
  const build = caches.builds.get(wanted.name, home);
  if (!build) await buildPackages(placement, workload, wanted, signal);
  const { line, next, phase, why } = build?.status ?? {};
  const isOutdated =
    phase === 'Failed' && !isDeepStrictEqual(build!.spec.allow, wanted.allow);
  if (build && (isOutdated || wasSuperseded(build))) {
    await deleteObjects(caches.builds, [build], signal);
    throwBuilding('Packages are being installed.');
  }
  if (build && endedWithoutResult(build)) {
    const place = line ? `${build.spec.file}, line ${line}: ` : '';
    throwFailed(
      `Packages can't be installed: ${place}${why}`,
      next ?? 'Correct the file, and commit it.',
    );
  }
  throwBuilding(
    phase === 'Pending' && why ? why : 'Packages are being installed.',
  );
}

/**
 * Marks builds that neither the newest commit nor a release needs, and deletes the oldest of them; releases record their
 * packages and images themselves.
 */
export async function pruneBuilds(
  { caches }: Placement,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const { builds, releases, workspaces } = caches;
  const { name, namespace } = app.metadata;
  const needed = new Set([
    packagesDigest(caches, name, namespace, app.spec.source.revision),
    ...app.spec.environments.map(({ release }) =>
      release
        ? releases.get(release, namespace)?.spec.bundle?.packages
        : undefined,
    ),
  ]);
  const waiting = new Set(
    releases
      .index('app', toKey(name, namespace))
      .filter(({ spec, status }) => spec.format === 'image' && !status?.image)
      .map(({ metadata }) => metadata.name),
  );
  const hasWorkspace = workspaces.index('app', keyOf(app)).length > 0;
  const isNeeded = ({ metadata, spec }: Build) =>
    spec.image
      ? waiting.has(spec.image.release)
      : needed.has(metadata.annotations?.[annotations.packagesDigest]) ||
        (hasWorkspace && isOfTools(metadata));
  const all = youngestFirst([...builds.index('app', keyOf(app))]);
  const surplus = all
    .slice(keptBuilds)
    .filter(one => one.status?.finishedAt && !isNeeded(one));
  if (surplus.length > 0) await deleteObjects(builds, surplus, signal);
  for (const build of all) {
    const { metadata, status } = build;
    const superseded = !isNeeded(build);
    if (surplus.includes(build) || superseded === (status?.superseded ?? false))
      continue;
    await builds.resource
      .patchStatus(
        metadata.name,
        // A merge patch removes a field by null (RFC 7396).
        { superseded: superseded || null } as Build['status'] & object,
        { namespace, fieldManager: supersedingManager, signal },
      )
      .catch(ignoreNotFound);
  }
}

function isOfTools({ annotations: marks }: KubeObject['metadata']): boolean {
  return marks?.[toolsAnnotation] !== undefined;
}

async function buildPackages(
  { hub }: Placement,
  { app, bundle, commit, tenant }: Workload,
  wanted: NonNullable<Packages['wanted']>,
  signal: AbortSignal,
): Promise<void> {
  const namespace = homeNamespace(tenant);
  const { allow, digest, name, runtime } = wanted;
  const { source } = bundle;
  const found = await readBundle(hub, source, namespace, signal);
  if (!found) throwPending(`Code bundle ${source} is not available yet.`);
  const { packages } = found;
  if (!packages) throwFailed(`Code bundle ${source} names no packages.`);
  if (packages.digest !== digest)
    throwFailed(
      `The packages in code bundle ${source} do not match their digest.`,
      'Push the code again.',
    );
  const { content, file } = packages;
  await createBuild(
    hub,
    { name, namespace, annotations: { [annotations.packagesDigest]: digest } },
    { app, commit, runtime, file, content, allow },
    signal,
  );
}
