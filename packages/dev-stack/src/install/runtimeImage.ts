import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';
import { clusterCommand } from '../cluster/clusterProcess';
import { repositoryRoot, type StackOptions } from '@bailiwick/backstage-cli';

const spec = 'packages/function-runtime/image.json';
const imageName = 'bailiwick/python';

/**
 * Puts the function runtime's image together and loads it into the cluster. May be called while
 * the cluster still starts; gives the reference by which pods name it.
 */
export async function loadRuntimeImage(
  options: StackOptions,
  signal: AbortSignal,
): Promise<string> {
  const printed = await clusterCommand(
    options,
    'image',
    ['load', join(repositoryRoot, spec)],
    signal,
  );
  return JSON.parse(printed).ref;
}

/** Tells the operator which image the packs' runtimes are. */
export async function publishRuntimeImage(
  client: KubeClient,
  ref: string,
): Promise<void> {
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
