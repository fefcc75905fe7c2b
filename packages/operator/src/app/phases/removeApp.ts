import {
  dropFinalizer,
  isNotFound,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  grantKind,
  labels,
  releaseKind,
  type App,
  type Grant,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { appIndexKey, type Caches } from '../../cache';
import type { Scope } from '../../scope';
import { homeBundles } from './pruneBundles';

/** All objects that the operator made for an app, in all environments. */
export function appChildren(
  { children }: Caches,
  tenant: string,
  app: string,
): KubeObject[] {
  return Object.values(children).flatMap(informer =>
    informer.index('app', appIndexKey(tenant, app)),
  );
}

/** Deletes what an app has in environments that it does not name any more. */
export async function pruneEnvironments(
  { applier, caches }: Scope,
  tenant: string,
  { metadata, spec }: App,
  signal: AbortSignal,
): Promise<void> {
  const kept = spec.environments.map(({ name }) => name);
  const surplus = appChildren(caches, tenant, metadata.name).filter(child => {
    const environment = child.metadata.labels?.[labels.environment];
    return environment !== undefined && !kept.includes(environment);
  });
  await applier.remove(surplus, signal);
}

/**
 * Deletes everything of an app, also its releases and grants: a later app of the same name must
 * not be readable with old tokens. Lets the app go when all is gone.
 */
export async function removeApp(
  scope: Scope,
  tenant: string,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const { applier, caches } = scope;
  const children = appChildren(caches, tenant, app.metadata.name);
  const bundles = homeBundles(caches, app);
  await applier.remove(children, signal);
  await applier.remove(bundles, signal);
  await removeNaming(scope, app, signal);
  if (children.length + bundles.length > 0) return;
  await dropFinalizer(caches.apps.resource, app, finalizer);
}

async function removeNaming(
  { client }: Scope,
  { metadata: { name, namespace } }: App,
  signal: AbortSignal,
): Promise<void> {
  for (const type of [grantKind, releaseKind]) {
    const resource = client.resource<Grant | Release>(type);
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
