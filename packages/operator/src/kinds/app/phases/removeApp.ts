import {
  dropFinalizer,
  isNotFound,
  isOverloaded,
  keyOf,
  KubeApiError,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  grantKind,
  labels,
  releaseKind,
  runKind,
  type App,
  type Grant,
  type Release,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { isCurrent, staying } from '../../../apply';
import { forceDeleteAnnotation } from '../../../names';
import { removeRuns } from '../../run/removeRuns';
import { homeBundles } from './pruneBundles';
import { waitingElsewhere } from '../remoteEnvironments';
import type { PhaseState, Scope } from '../../../placement';
import { appChildren } from '../../../cache';

/** Deletes what an app has on the cluster that is worked on, in environments that it does not name any more. */
export async function pruneEnvironments(
  { applier, caches }: Scope,
  tenant: string,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const { metadata, spec } = app;
  const kept = spec.environments.map(({ name }) => name);
  const surplus = appChildren(caches, tenant, metadata.name).filter(child => {
    const environment = child.metadata.labels?.[labels.environment];
    return environment !== undefined && !kept.includes(environment);
  });
  if (staying(surplus).length === 0) return;
  if (!(await isCurrent(caches.apps, app, signal))) return;
  await applier.remove(surplus, signal);
}

/** Deletes the runs of an app in environments that it does not name any more. */
export async function pruneRuns(
  { caches }: Scope,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const { metadata, spec } = app;
  const kept = spec.environments.map(({ name }) => name);
  const runs = caches.runs
    .index('home', metadata.namespace ?? '')
    .filter(run => run.spec.app === metadata.name)
    // One that was asked for by mistake says so and stays.
    .filter(run => !kept.includes(run.spec.environment) && run.status?.digest);
  if (staying(runs).length === 0) return;
  if (!(await isCurrent(caches.apps, app, signal))) return;
  await removeRuns(caches, runs, signal);
}

/**
 * Deletes everything of an app, also its releases, grants and runs: a later app of the same name must
 * not be readable with old tokens. Lets the app go when all is gone, or when it is forced to.
 *
 * @returns what does not go by itself, `undefined` when nothing hinders
 */
export async function removeApp(
  scope: Scope,
  tenant: string,
  app: App,
  signal: AbortSignal,
): Promise<PhaseState | undefined> {
  const { applier, caches } = scope;
  const all = [
    ...appChildren(caches, tenant, app.metadata.name),
    ...homeBundles(caches, app),
  ];
  const isForced = app.metadata.annotations?.[forceDeleteAnnotation] === 'true';
  if (staying(all).length > 0) {
    if (!(await isCurrent(caches.apps, app, signal))) return undefined;
    await applier.remove(all, signal).catch(error => {
      if (!isForced || !isRefusal(error)) throw error;
    });
  }
  await removeNaming(scope, app, signal);
  if (all.length > 0 && !isForced) return describeBlocked(all);
  const waiting = isForced ? undefined : waitingElsewhere(scope, tenant, app);
  if (waiting) return waiting;
  await dropFinalizer(caches.apps.resource, app, finalizer);
  return undefined;
}

/** Whether the API server was asked to delete something and said no. */
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
    message: `Waiting for objects that others hold by finalizers: ${names.join(
      ', ',
    )}`,
  };
}

async function removeNaming(
  { client }: Scope,
  { metadata: { name, namespace } }: App,
  signal: AbortSignal,
): Promise<void> {
  for (const type of [grantKind, releaseKind, runKind]) {
    const resource = client.resource<Grant | Release | Run>(type);
    const found = await resource.list({ namespace, signal });
    for (const { metadata } of found.filter(({ spec }) => spec.app === name)) {
      await resource
        .delete(metadata.name, { namespace, uid: metadata.uid, signal })
        .catch(error => {
          if (!isNotFound(error)) throw error;
        });
    }
  }
}
