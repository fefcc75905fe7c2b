import {
  keyOf,
  type Controller,
  type Job,
} from '@bailiwick/backstage-kube-controller';
import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { buildLabel } from '../../names';
import { createController, type Placement } from '../../placement';
import { isOpen } from './queue';
import { reconcileBuild } from './reconcileBuild';

/** Number of builds reconciled concurrently. */
const concurrency = 4;

/** Creates the controller that runs builds of packages in pods, and records their results. */
export function createBuildController(placement: Placement): Controller {
  const { builds, jobs, runtimeImages } = placement.caches;
  const openBuilds = () => builds.list().filter(isOpen);
  return createController(placement, 'build', {
    concurrency,
    watches: [
      {
        informer: builds,
        // A build that is added or ends changes the place of others in the queue.
        toKeys: (build: Build, { type }) => [
          keyOf(build),
          ...(type === 'updated' && isOpen(build)
            ? []
            : openBuilds().map(keyOf)),
        ],
      },
      {
        informer: jobs,
        toKeys: ({ metadata }: Job) => {
          const uid = metadata.labels?.[buildLabel];
          return uid
            ? openBuilds()
                .filter(build => build.metadata.uid === uid)
                .map(keyOf)
            : [];
        },
      },
      { informer: runtimeImages, toKeys: () => openBuilds().map(keyOf) },
    ],
    reconcile: (key, { signal }) => reconcileBuild(placement, key, signal),
  });
}
