import {
  ignoreAlreadyExists,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  apiVersion,
  buildKind,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Creates a build on the hub, unless it exists. */
export async function createBuild(
  hub: KubeClient,
  metadata: Build['metadata'],
  spec: Build['spec'],
  signal: AbortSignal,
): Promise<void> {
  const { kind } = buildKind;
  await hub
    .resource<Build>(buildKind)
    .create({ apiVersion, kind, metadata, spec }, { signal })
    .catch(ignoreAlreadyExists);
}
