import {
  annotations,
  bundleName,
  type App,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { formatCommit } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches } from '../../../cache';
import {
  bundleCopyName,
  throwFailed,
  throwPending,
  type Workload,
} from '../workload';

/** Finds the code of a release, or of the newest commit without one. @throws ObstacleError */
export function resolveBundle(
  { homeConfigMaps }: Caches,
  { metadata, spec }: App,
  release: Release['spec'] | undefined,
  instanceName = metadata.name,
): Pick<Workload, 'commit' | 'bundle'> {
  const { name, namespace } = metadata;
  const commit = release?.commit ?? spec.source.revision;
  const source = bundleName(name, commit);
  const digest = homeConfigMaps.get(source, namespace)?.metadata.annotations?.[
    annotations.bundleDigest
  ];
  if (!digest)
    throwPending(`Bundling the code of commit ${commit.slice(0, 12)}.`);
  if (release && release.bundle.digest !== digest) {
    throwFailed(
      `The code of commit ${formatCommit(
        commit,
      )} differs from the released code.`,
      'Publish a new release.',
    );
  }
  const copy = bundleCopyName(instanceName, digest);
  return { commit, bundle: { source, copy, digest } };
}
