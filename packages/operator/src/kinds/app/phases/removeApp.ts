import {
  dropFinalizer,
  isOverloaded,
  keyOf,
  KubeApiError,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  buildKind,
  finalizer,
  grantKind,
  labels,
  releaseKind,
  runKind,
  workspaceKind,
  type App,
  type Build,
  type Grant,
  type Release,
  type Run,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  deleteObjects,
  isCurrent,
  notDeleting,
  removeSurplus,
} from '../../../apply';
import { appChildren } from '../../../cache';
import { forceDeleteAnnotation } from '../../../names';
import type { PhaseState, Placement } from '../../../placement';
import { pendingOnTargets } from './pendingOnTargets';
import { homeBundles } from './pruneBundles';

/** Deletes the objects of an app on one cluster in environments that it does not name any more. */
export async function pruneEnvironments(
  placement: Placement,
  tenant: string,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const { caches } = placement;
  const surplus = appChildren(caches, tenant, app.metadata.name).filter(
    ({ metadata }) => {
      const environment = metadata.labels?.[labels.environment];
      return environment !== undefined && !isNamed(app, environment);
    },
  );
  await removeSurplus(placement, caches.apps, app, surplus, signal);
}

/** Deletes the runs of an app in environments that it does not name any more. */
export async function pruneRuns(
  { caches }: Placement,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const { name, namespace = '' } = app.metadata;
  const surplus = caches.runs.index('home', namespace).filter(
    ({ spec, status }) =>
      spec.app === name &&
      !isNamed(app, spec.environment) &&
      // A run requested by mistake has no code: it reports that, and is kept.
      status?.digest,
  );
  if (notDeleting(surplus).length === 0) return;
  if (await isCurrent(caches.apps, app, signal))
    await deleteObjects(caches.runs, surplus, signal);
}

function isNamed({ spec }: App, environment: string): boolean {
  return spec.environments.some(({ name }) => name === environment);
}

/**
 * Deletes all objects of an app including its releases, grants, runs, builds and workspaces: a later app of the same name must not
 * have them, and old tokens must not give access to it. Removes the finalizer once everything is deleted, or at once if
 * forced.
 *
 * @returns the obstacle of the deletion, `undefined` if there is none
 */
export async function removeApp(
  placement: Placement,
  tenant: string,
  app: App,
  signal: AbortSignal,
): Promise<PhaseState | undefined> {
  const { applier, caches } = placement;
  const all = [
    ...appChildren(caches, tenant, app.metadata.name),
    ...homeBundles(caches, app),
  ];
  const isForced = app.metadata.annotations?.[forceDeleteAnnotation] === 'true';
  if (notDeleting(all).length > 0) {
    if (!(await isCurrent(caches.apps, app, signal))) return undefined;
    await applier.remove(all, signal).catch(error => {
      if (!isForced || !isRefusal(error)) throw error;
    });
  }
  await deleteDependents(placement, app, signal);
  if (all.length > 0 && !isForced) return describeBlocked(all);
  const waiting = isForced
    ? undefined
    : pendingOnTargets(placement, tenant, app);
  if (waiting) return waiting;
  await dropFinalizer(caches.apps.resource, app, finalizer);
  return undefined;
}

/** Whether the API server refused a deletion. */
export function isRefusal(error: unknown): boolean {
  return error instanceof KubeApiError && !isOverloaded(error);
}

function describeBlocked(objects: KubeObject[]): PhaseState | undefined {
  const blocked = objects.filter(
    ({ metadata }) =>
      metadata.deletionTimestamp && (metadata.finalizers ?? []).length > 0,
  );
  if (blocked.length === 0) return undefined;
  const names = blocked.map(
    object =>
      `${object.kind} ${keyOf(object)} (${object.metadata.finalizers?.join(
        ', ',
      )})`,
  );
  return {
    status: 'False',
    reason: 'Deleting',
    message: `Waiting for objects with finalizers of other controllers: ${names.join(
      ', ',
    )}`,
  };
}

async function deleteDependents(
  { client }: Placement,
  { metadata: { name, namespace } }: App,
  signal: AbortSignal,
): Promise<void> {
  for (const type of [
    grantKind,
    releaseKind,
    runKind,
    buildKind,
    workspaceKind,
  ]) {
    const resource = client.resource<Build | Grant | Release | Run | Workspace>(
      type,
    );
    const found = await resource.list({ namespace, signal });
    const dependents = found.filter(({ spec }) => spec.app === name);
    await deleteObjects({ resource }, dependents, signal);
  }
}
