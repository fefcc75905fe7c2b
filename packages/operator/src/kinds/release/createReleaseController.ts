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
  type Build,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { appOfBundle } from '../../cache';
import { createController, type Placement } from '../../placement';
import { hasImage, recordImage } from './recordImage';
import { recordPackages } from './recordPackages';
import { isTested, testRelease } from './testRelease';

/** Number of releases whose tests run concurrently; half of them are of one tenant: people try code in the same pods. */
const concurrency = 2;
/** Milliseconds for the tests of a release, which the runtime ends after two minutes. */
const timeout = 180_000;

/**
 * Creates the controller that records the packages and images of releases, tests their code in pods that run drafts,
 * and records the result.
 */
export function createReleaseController(placement: Placement): Controller {
  const { caches } = placement;
  const { apps, builds, homeConfigMaps, pods, releases, tenants } = caches;
  const unable = new Set<string>();
  pods.onChange(({ type, object }) => {
    if (type === 'deleted') unable.delete(object.metadata.uid ?? '');
  });
  const keysOf = (found: Release[]) =>
    found
      .filter(
        release =>
          !isTested(release) || !isRecorded(release) || !hasImage(release),
      )
      .map(keyOf);
  const unfinished = (app: string, namespace: string | undefined) =>
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
        toKeys: ({ metadata }) => unfinished(metadata.name, metadata.namespace),
      },
      {
        informer: homeConfigMaps,
        toKeys: ({ metadata }) =>
          unfinished(appOfBundle(metadata.name), metadata.namespace),
      },
      {
        informer: builds,
        toKeys: ({ metadata, spec }: Build) =>
          unfinished(spec.app, metadata.namespace),
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
          return app && tenant ? unfinished(app, homeNamespace(tenant)) : [];
        },
      },
    ],
    reconcile: async (key, { signal }) => {
      const found = releases.get(key);
      if (!found) return;
      const release = await recordPackages(placement, found, signal);
      await recordImage(placement, release, signal);
      await testRelease(
        placement,
        unable,
        releases.get(key) ?? release,
        signal,
      );
    },
  });
}

/** Whether no packages of a release have to be recorded. */
function isRecorded({ spec, status }: Release): boolean {
  // Earlier versions accepted releases without a bundle.
  return !spec.bundle?.packages || status?.packages !== undefined;
}
