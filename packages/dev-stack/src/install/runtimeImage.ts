import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { clusterCommand } from '../cluster/clusterProcess';
import {
  CommandError,
  repositoryRoot,
  type StackOptions,
} from '@bailiwick/backstage-cli';

const spec = 'packages/function-runtime/image.json';
const builderSpec = 'packages/function-runtime/builder/image.json';
const imageName = 'bailiwick/python';

/**
 * Builds the function runtime's image and loads it into the cluster, which may still be starting; returns the reference
 * for pods.
 */
export async function loadRuntimeImage(
  options: StackOptions,
  signal: AbortSignal,
): Promise<string> {
  return loadImage(options, join(repositoryRoot, spec), signal);
}

/** Builds the image that builds Dockerfiles and loads it into the cluster; returns the reference for pods. */
export async function loadBuilderImage(
  options: StackOptions,
  signal: AbortSignal,
): Promise<string> {
  return loadImage(options, join(repositoryRoot, builderSpec), signal);
}

/** Publishes the image that builds Dockerfiles to the operator. */
export async function publishBuilderImage(
  client: KubeClient,
  ref: string,
): Promise<void> {
  await client
    .resource(coreKinds.configMaps)
    .apply(runtimeImages({ 'packages.builder': ref }), {
      fieldManager: 'bailiwick-install-builder',
      force: true,
    });
}

/**
 * Returns the absolute path of the database of advisories in `BAILIWICK_ADVISORIES`; `undefined` without one.
 *
 * @throws CommandError if it does not exist
 */
export function advisoriesPath(
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const given = env.BAILIWICK_ADVISORIES;
  if (!given) return undefined;
  const path = resolve(given);
  if (!existsSync(path))
    throw new CommandError(
      `BAILIWICK_ADVISORIES names ${path}, which does not exist.`,
      'Set it to a .zip file or a folder with advisories in the OSV format, or unset it.',
    );
  return path;
}

/**
 * Packs a database of advisories into an image that contains nothing else, and loads it into the cluster.
 *
 * @returns the reference for image volumes
 */
export async function loadAdvisories(
  options: StackOptions,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const file = join(options.dataDir, 'advisories.json');
  const copy = [{ from: path, to: `/${basename(path)}` }];
  writeFileSync(file, JSON.stringify({ name: 'bailiwick/advisories', copy }));
  return loadImage(options, file, signal);
}

async function loadImage(
  options: StackOptions,
  specFile: string,
  signal: AbortSignal,
): Promise<string> {
  const printed = await clusterCommand(
    options,
    'image',
    ['load', specFile],
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
  await client
    .resource(coreKinds.configMaps)
    .apply(runtimeImages({ [imageName.replaceAll('/', '.')]: ref }), {
      fieldManager: 'bailiwick-install',
      force: true,
    });
}

/**
 * Publishes the registry for the packages and images of apps to the operator, and the package index of this machine
 * to builds.
 *
 * @param registry - address of the local cluster's registry, which has the runtime's image
 * @param advisories - image with a database of advisories
 */
export async function publishPackages(
  client: KubeClient,
  { advisories, registry }: { advisories?: string; registry?: string },
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const given = env.BAILIWICK_PACKAGES_REGISTRY;
  const path = given ?? (registry && `${registry}/bailiwick/packages`);
  if (!path) return;
  const options = { fieldManager: 'bailiwick-install-packages', force: true };
  const configMaps = client.resource(coreKinds.configMaps);
  await configMaps.apply(
    runtimeImages({
      packages: path,
      ...(!given && { 'packages.insecure': 'true' }),
      ...(registry && !given && { 'packages.runtimes': registry }),
      ...(advisories && { 'packages.advisories': advisories }),
    }),
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

function runtimeImages(data: Record<string, string>) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'runtime-images', namespace: 'bailiwick-system' },
    data,
  };
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
