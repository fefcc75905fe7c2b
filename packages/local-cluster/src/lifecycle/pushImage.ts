import { ClusterError } from '../ClusterError';
import { clusterPaths } from '../paths';
import { waitForStep } from '../state/waitForStep';
import { storeWhenReady } from './imageStore';

/**
 * Pushes an image that was loaded into a local cluster to the registry of the cluster, where builds find it.
 *
 * @param options - `reference` is the one that pods use, such as `localhost/bailiwick/python:3f9c1e2`
 * @returns the reference in the registry
 * @throws ClusterError when the cluster has no registry
 */
export async function pushImage(options: {
  dataDir: string;
  name: string;
  reference: string;
}): Promise<{ ref: string }> {
  const { dataDir, name, reference } = options;
  const { state: stateFile } = clusterPaths(dataDir, name);
  const { registry } = await waitForStep(stateFile, 'registry');
  if (!registry)
    throw new ClusterError(
      'This cluster has no registry.',
      'Push the image to a registry yourself, such as with docker push.',
    );
  const ref = reference.replace(/^localhost/, registry.address);
  const store = await storeWhenReady(stateFile);
  await store.push(reference, ref);
  return { ref };
}
