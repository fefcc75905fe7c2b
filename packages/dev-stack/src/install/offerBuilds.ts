import type { StackOptions } from '@bailiwick/backstage-cli';
import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import type { ClusterState } from '@bailiwick/backstage-local-cluster';
import {
  loadAdvisories,
  loadBuilderImage,
  publishBuilderImage,
  publishPackages,
  pushRuntimeImage,
} from './runtimeImage';

/**
 * Lets apps install packages, and be published as images, if the cluster has a registry.
 *
 * @param image - the function runtime's image in the cluster
 * @param advisories - path of a database of advisories
 */
export async function offerPackages(
  options: StackOptions,
  client: KubeClient,
  {
    advisories: path,
    image,
    registry,
    signal,
  }: Pick<ClusterState, 'registry'> & {
    advisories?: string;
    image: string;
    signal: AbortSignal;
  },
): Promise<void> {
  if (registry) await pushRuntimeImage(options, image, signal);
  const advisories = path && (await loadAdvisories(options, path, signal));
  await publishPackages(client, { advisories, registry: registry?.address });
}

/** Lets apps be built from Dockerfiles. The first time takes a minute. */
export async function offerDockerfiles(
  options: StackOptions,
  client: KubeClient,
  signal: AbortSignal,
): Promise<void> {
  const ref = await loadBuilderImage(options, signal);
  await publishBuilderImage(client, ref);
}
