import {
  applyDefinitions,
  applyManifests,
  readManifests,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';

/** Folder of the chart. */
export const chart = join(import.meta.dirname, '../../../charts/bailiwick');

/** A folder of the chart. */
export type ChartFolder = 'crds' | 'templates' | 'embedded';

/** Installs folders of the chart, one after the other; new kinds are served when it returns. */
export async function installChart(
  client: KubeClient,
  ...folders: ChartFolder[]
): Promise<void> {
  for (const folder of folders) {
    const install = folder === 'crds' ? applyDefinitions : applyManifests;
    await install(client, readManifests(join(chart, folder)), {
      fieldManager: 'test-cluster',
    });
  }
}
