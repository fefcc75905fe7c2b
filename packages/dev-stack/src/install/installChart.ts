import {
  applyDefinitions,
  applyManifests,
  readManifests,
  type Desired,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';
import { repositoryRoot } from '@bailiwick/backstage-cli';
import {
  mapsIds,
  podPidsLimit,
  type ProviderName,
} from '@bailiwick/backstage-local-cluster';

const chart = join(repositoryRoot, 'charts/bailiwick');
const options = { fieldManager: 'bailiwick-install' };

/**
 * Installs the kinds, the access rules and the embedded default's plans and cluster.
 *
 * @param dataDir - folder of the local cluster
 */
export async function installChart(
  client: KubeClient,
  provider: ProviderName,
  dataDir: string,
): Promise<void> {
  const manifests = (folder: string) => readManifests(join(chart, folder));
  await applyDefinitions(client, manifests('crds'), options);
  await applyManifests(client, manifests('templates'), options);
  const nodes = await propertiesOfNodes(provider, dataDir);
  const embedded = manifests('embedded').map((object: Desired) =>
    object.kind === 'Cluster'
      ? { ...object, spec: { ...(object.spec as object), provider, ...nodes } }
      : object,
  );
  await applyManifests(client, embedded, options);
}

/** Returns the properties of nodes that the operator cannot read. */
export async function propertiesOfNodes(
  provider: ProviderName,
  dataDir: string,
) {
  if (provider !== 'local') return {};
  return {
    podPidsLimit,
    ...(!(await mapsIds(dataDir)) && { userNamespaces: false }),
  };
}
