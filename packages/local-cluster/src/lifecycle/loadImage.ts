import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../ClusterError';
import { parseObject, readIfThere, replaceJson } from '../files';
import { kindName } from '../providers/commands';
import { kindLoad } from '../providers/kind';
import { cacheDir, clusterPaths } from '../paths';
import { waitForState, waitForStep } from '../state/waitForStep';
import { debianLayers } from '../images/debianLayers';
import { writeSpecArchive } from '../images/saveImage';
import { readImageSpec, type ImageSpec } from '../images/ImageSpec';
import { hashSpec, type SpecHashes } from '../images/specHash';
import { noPods, storeOf, storeWhenReady } from './imageStore';

/** Image to load, and the cluster to load it into. */
export interface LoadOptions {
  dataDir: string;
  name: string;
  specFile: string;
  /** A registry that may hold the image already, as host with optional path. */
  registry?: string;
  report?: (detail: string) => void;
}

/**
 * Provides an image to a cluster: nothing to do if it has it, else pulled from the registry given,
 * else built. Layers are prepared while the cluster still starts.
 *
 * @returns the reference to use in pods
 * @throws ClusterError when it can neither be pulled nor built
 */
export async function loadImage(
  options: LoadOptions,
): Promise<{ ref: string }> {
  const { dataDir, name, specFile, registry, report = () => {} } = options;
  const spec = readImageSpec(specFile);
  const hashes = hashSpec(spec);
  const paths = clusterPaths(dataDir, name);
  const local = `localhost/${spec.name}:${hashes.image}`;
  const images = parseObject(readIfThere(paths.images) ?? '') ?? {};

  const state = await waitForState(paths.state, () => true, 'be started');
  let ref = local;
  if (state.provider === 'local') {
    ref = await loadLocally(paths.state, spec, hashes, {
      local,
      registry,
      report,
    });
  } else if (registry) {
    // A real cluster pulls for itself; whether it can shows in the pod's events.
    ref = `${registry}/${spec.name}:${hashes.image}`;
  } else if (state.provider === 'kind') {
    await waitForStep(paths.state, 'node');
    await kindLoad(spec, local, kindName(paths.directory), report);
  } else {
    throw new ClusterError(
      `The cluster at ${state.server} has to pull ${spec.name} from a registry.`,
      `Write it with bailiwick-cluster image save ${specFile} --out image.tar, push it as <registry>/${spec.name}:${hashes.image}, and start again with BAILIWICK_IMAGE_REGISTRY=<registry>.`,
    );
  }
  replaceJson(paths.images, { ...images, [spec.name]: ref });
  return { ref };
}

async function loadLocally(
  stateFile: string,
  spec: ImageSpec,
  hashes: SpecHashes,
  options: {
    local: string;
    registry?: string;
    report: (detail: string) => void;
  },
): Promise<string> {
  const { local, registry, report } = options;
  const archive = join(
    cacheDir(),
    'layers',
    // Another load of the same image may run in this process.
    `image-${hashes.image}.${randomUUID()}.tar`,
  );
  const state = await waitForState(stateFile, () => true, 'be started');
  if (!state.steps.some(({ name }) => name === 'node')) throw noPods();
  const before = await storeOf(state);
  if (await before?.has(local)) return local;
  if (registry) {
    const remote = `${registry}/${spec.name}:${hashes.image}`;
    const store = await storeWhenReady(stateFile);
    if (await store.pull(remote)) return remote;
    report(`${remote} cannot be pulled; building it`);
  }
  const layers = await debianLayers(spec, hashes, report);
  const store = await storeWhenReady(stateFile);
  if (await store.has(local)) return local;
  try {
    report('importing');
    await writeSpecArchive(spec, { reference: local, layers, target: archive });
    await store.ensure({ reference: local, archive });
  } finally {
    await rm(archive, { force: true });
  }
  return local;
}
