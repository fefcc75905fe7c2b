import {
  annotations,
  bundleName,
  type App,
  type AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Caches } from '../../cache';
import { fail, wait, type Workload } from '../Workload';

/** Finds the code that an environment runs. @throws ObstacleError */
export function resolveBundle(
  { configMaps, releases }: Caches,
  { metadata, spec }: App,
  environment: AppEnvironment,
): Pick<Workload, 'commit' | 'bundle'> {
  const { name, namespace } = metadata;
  const release = environment.release
    ? releases.get(environment.release, namespace)
    : undefined;
  if (environment.release && release?.spec.app !== name) {
    fail(
      `There is no release "${environment.release}" of this app.`,
      'Choose another release.',
    );
  }
  const commit = release?.spec.commit ?? spec.source.revision;
  const source = bundleName(name, commit);
  const digest = configMaps.get(source, namespace)?.metadata.annotations?.[
    annotations.bundleDigest
  ];
  if (!digest)
    wait(`The code of commit ${commit.slice(0, 12)} is not packed yet.`);
  const published = release?.spec.bundle?.digest;
  if (published && published !== digest) {
    fail(
      `The code of commit ${commit.slice(
        0,
        12,
      )} is not the one that was released.`,
      'Publish a new release.',
    );
  }
  const copy = `${name}-${digest.replace('sha256:', '').slice(0, 12)}`;
  return { commit, bundle: { source, copy, digest } };
}
