import {
  keyOf,
  toKey,
  type ConfigMap,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  bundleName,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { digestsInRuns, instanceObjects, type Caches } from '../../../cache';
import type { Placement } from '../../../placement';
import { youngestFirst } from '../health';
import type { Workload } from '../workload';

/** Number of unused drafts that are kept in the home namespace. */
const keptDrafts = 5;

/** Deletes the code copies in an environment that no present or future pod and no run uses. */
export async function pruneCopies(
  { applier, caches }: Placement,
  workload: Workload,
  pods: Pod[],
  signal: AbortSignal,
): Promise<void> {
  const used = new Set([
    workload.bundle.digest,
    ...pods.map(digestOf),
    ...digestsInRuns(caches, workload),
  ]);
  const surplus = instanceObjects(caches.configMaps, workload).filter(
    copy => !used.has(digestOf(copy)),
  );
  await applier.remove(surplus, signal);
}

/**
 * Deletes old drafts in the home namespace, except code of releases and of the current revision.
 */
export async function pruneDrafts(
  { applier, caches }: Placement,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const { name, namespace } = app.metadata;
  const commits = caches.releases
    .index('app', toKey(name, namespace))
    .map(({ spec }) => spec.commit);
  const used = new Set(
    [app.spec.source.revision, ...commits].map(commit =>
      bundleName(name, commit),
    ),
  );
  const drafts = youngestFirst(
    homeBundles(caches, app).filter(({ metadata }) => !used.has(metadata.name)),
  );
  await applier.remove(drafts.slice(keptDrafts), signal);
}

/** Returns all code bundles of an app in its home namespace. */
export function homeBundles({ homeConfigMaps }: Caches, app: App): ConfigMap[] {
  return homeConfigMaps.index('bundle', keyOf(app));
}

function digestOf({ metadata }: ConfigMap | Pod): string | undefined {
  return metadata.annotations?.[annotations.bundleDigest];
}
