import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';
import { clusterCommand } from '../stack/clusterProcess';
import { repositoryRoot } from '../stack/layout';
import type { StackOptions } from '../stack/StackOptions';

const spec = 'packages/function-runtime/image.json';
const imageName = 'bailiwick/python';

/** Loads the function runtime's image into the cluster and tells the operator its reference. */
export async function installImage(
  options: StackOptions,
  client: KubeClient,
): Promise<void> {
  const printed = await clusterCommand(options, 'image', [
    'load',
    join(repositoryRoot, spec),
  ]);
  const { ref } = JSON.parse(printed);
  await client.resource(coreKinds.configMaps).apply(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'runtime-images', namespace: 'bailiwick-system' },
      data: { [imageName.replaceAll('/', '.')]: ref },
    },
    { fieldManager: 'bailiwick-install', force: true },
  );
}
