import {
  fromKey,
  keyOf,
  toKey,
  type Controller,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  labels,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { appOfBundle } from '../../cache';
import { createController, type Placement } from '../../placement';
import { isTested, testRelease } from './testRelease';

/** Number of releases whose tests run concurrently; half of them are of one tenant: people try code in the same pods. */
const concurrency = 2;
/** Milliseconds for the tests of a release, which the runtime ends after two minutes. */
const timeout = 180_000;

/** Creates the controller that tests the code of releases in pods that run drafts, and records the result. */
export function createReleaseController(placement: Placement): Controller {
  const { apps, homeConfigMaps, pods, releases, tenants } = placement.caches;
  const unable = new Set<string>();
  pods.onChange(({ type, object }) => {
    if (type === 'deleted') unable.delete(object.metadata.uid ?? '');
  });
  const keysOf = (found: Release[]) =>
    found.filter(release => !isTested(release)).map(keyOf);
  const untested = (app: string, namespace: string | undefined) =>
    keysOf(releases.index('app', toKey(app, namespace)));
  return createController(placement, 'release', {
    concurrency,
    timeout,
    shardOf: key => fromKey(key).namespace ?? '',
    watches: [
      {
        informer: releases,
        toKeys: release => keysOf([release]),
      },
      {
        informer: apps,
        toKeys: ({ metadata }) => untested(metadata.name, metadata.namespace),
      },
      {
        informer: homeConfigMaps,
        toKeys: ({ metadata }) =>
          untested(appOfBundle(metadata.name), metadata.namespace),
      },
      {
        informer: tenants,
        toKeys: ({ metadata }) =>
          keysOf(releases.index('home', homeNamespace(metadata.name))),
      },
      {
        informer: pods,
        toKeys: ({ metadata }: Pod) => {
          const { [labels.app]: app, [labels.tenant]: tenant } =
            metadata.labels ?? {};
          return app && tenant ? untested(app, homeNamespace(tenant)) : [];
        },
      },
    ],
    reconcile: (key, { signal }) => testRelease(placement, unable, key, signal),
  });
}
