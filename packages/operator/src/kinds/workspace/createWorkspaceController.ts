import {
  keyOf,
  toKey,
  type Change,
  type Controller,
  type KubeObject,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  isWanted,
  labels,
  type App,
  type Build,
  type Tenant,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { toolsAnnotation } from '../../names';
import { createController, type Placement } from '../../placement';
import { reconcileWorkspace } from './reconcileWorkspace';

/** Number of workspaces reconciled concurrently. */
const concurrency = 4;
/** Keeps workspaces that are started endlessly from taking all workers. */
const keyRate = { perSecond: 2, burst: 10 };

/** Creates the controller that starts, stops and deletes the pods of workspaces. */
export function createWorkspaceController(placement: Placement): Controller {
  const { caches } = placement;
  const wantedOf = (all: readonly Workspace[]) =>
    all.filter(isWanted).map(keyOf);
  const wantedIn = (tenant: string | undefined) =>
    wantedOf(caches.workspaces.index('home', homeNamespace(tenant ?? '')));
  return createController(placement, 'workspace', {
    concurrency,
    keyRate,
    shardOf: key => key.split('/')[0],
    watches: [
      { informer: caches.workspaces, toKeys: one => [keyOf(one)] },
      { informer: caches.jobs, toKeys: keysOf },
      { informer: caches.claims, toKeys: keysOf },
      { informer: caches.pods, toKeys: (pod: Pod) => keysOf(pod) },
      {
        informer: caches.apps,
        toKeys: (app: App) =>
          wantedOf(caches.workspaces.index('app', keyOf(app))),
      },
      {
        informer: caches.tenants,
        toKeys: ({ metadata }: Tenant) => wantedIn(metadata.name),
      },
      {
        informer: caches.quotas,
        toKeys: ({ metadata }: KubeObject) =>
          wantedIn(metadata.labels?.[labels.tenant]),
      },
      {
        informer: caches.builds,
        toKeys: ({ metadata, spec }: Build, { type }: Change<Build>) =>
          type !== 'deleted' && metadata.annotations?.[toolsAnnotation]
            ? wantedOf(
                caches.workspaces.index(
                  'app',
                  toKey(spec.app, metadata.namespace),
                ),
              )
            : [],
      },
    ],
    reconcile: (key, { signal }) => reconcileWorkspace(placement, key, signal),
  });
}

/** Returns the key of the workspace in the labels of an object. */
function keysOf({ metadata }: KubeObject): string[] {
  const { [labels.tenant]: tenant, [labels.workspace]: name } =
    metadata.labels ?? {};
  return tenant && name ? [toKey(name, homeNamespace(tenant))] : [];
}
