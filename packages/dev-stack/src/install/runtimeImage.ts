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
 * Builds the function runtime's image and loads it into the cluster, which may still be starting; returns the reference
 * for pods.
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

/** Publishes the image of the packs' runtimes to the operator. */
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
