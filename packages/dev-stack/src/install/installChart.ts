import {
  applyDefinitions,
  applyManifests,
  readManifests,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';
import { repositoryRoot } from '@bailiwick/backstage-cli';

const chart = join(repositoryRoot, 'charts/bailiwick');
const options = { fieldManager: 'bailiwick-install' };

/** Installs the kinds, the access rules and the embedded default's plans and cluster. */
export async function installChart(client: KubeClient): Promise<void> {
  const manifests = (folder: string) => readManifests(join(chart, folder));
  await applyDefinitions(client, manifests('crds'), options);
  await applyManifests(client, manifests('templates'), options);
  await applyManifests(client, manifests('embedded'), options);
}
