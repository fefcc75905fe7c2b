import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { readFileSync } from 'node:fs';
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

/** Pushes the function runtime's image to the registry of a local cluster, where builds of images find it. */
export async function pushRuntimeImage(
  options: StackOptions,
  ref: string,
  signal: AbortSignal,
): Promise<void> {
  await clusterCommand(options, 'image', ['push', ref], signal);
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

/**
 * Publishes the registry for the packages and images of apps to the operator, and the package index of this machine
 * to builds.
 *
 * @param registry - address of the local cluster's registry, which has the runtime's image
 */
export async function publishPackages(
  client: KubeClient,
  registry: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const given = env.BAILIWICK_PACKAGES_REGISTRY;
  const path = given ?? (registry && `${registry}/bailiwick/packages`);
  if (!path) return;
  const options = { fieldManager: 'bailiwick-install-packages', force: true };
  const configMaps = client.resource(coreKinds.configMaps);
  await configMaps.apply(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'runtime-images', namespace: 'bailiwick-system' },
      data: {
        packages: path,
        ...(!given && { 'packages.insecure': 'true' }),
        ...(registry && !given && { 'packages.runtimes': registry }),
      },
    },
    options,
  );
  const stringData = indexSettings(env);
  if (Object.keys(stringData).length === 0) return;
  await client.resource(coreKinds.secrets).apply(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'index', namespace: 'bailiwick-builds' },
      stringData,
    },
    options,
  );
}

/** Returns the settings of uv for the index and the certificates that this machine uses. */
function indexSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const index = env.UV_DEFAULT_INDEX ?? env.PIP_INDEX_URL;
  const certificates = env.SSL_CERT_FILE ?? env.PIP_CERT;
  return {
    ...(index && {
      'uv.toml': `[[index]]\nurl = ${JSON.stringify(index)}\ndefault = true\n`,
    }),
    ...(certificates && { 'ca.crt': readFileSync(certificates, 'utf8') }),
  };
}
