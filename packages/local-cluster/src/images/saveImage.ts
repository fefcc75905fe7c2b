import { writeFile } from 'node:fs/promises';
import { billOfMaterials } from './billOfMaterials';
import { debianLayers } from './debianLayers';
import { writeImageArchive } from './imageArchive';
import { readImageSpec, type ImageSpec } from './ImageSpec';
import { hashSpec } from './specHash';

/**
 * Builds an image and writes it as `docker save` does, for `docker load` or `crane push`; needs no
 * cluster. Writes the list of its packages beside it, as `.cdx.json`.
 *
 * @returns the reference inside the archive, whose tag is the hash of the content
 * @throws ClusterError when it cannot be built here
 */
export async function saveImage(options: {
  specFile: string;
  target: string;
  report: (detail: string) => void;
}): Promise<{ ref: string }> {
  const { specFile, target, report } = options;
  const spec = readImageSpec(specFile);
  const hashes = hashSpec(spec);
  const reference = `${spec.name}:${hashes.image}`;
  const layers = await debianLayers(spec, hashes, report);
  const bill = await billOfMaterials(spec, layers, hashes.image);
  await writeFile(
    `${target.replace(/\.tar$/, '')}.cdx.json`,
    `${JSON.stringify(bill, null, 2)}\n`,
  );
  await writeSpecArchive(spec, { reference, layers, target });
  return { ref: reference };
}

/** Writes an archive of layers with the defaults of the spec's containers. */
export async function writeSpecArchive(
  spec: ImageSpec,
  archive: { reference: string; layers: readonly string[]; target: string },
): Promise<void> {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', ...spec.env };
  await writeImageArchive({
    ...archive,
    config: {
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      Entrypoint: spec.entrypoint,
      User: String(spec.user),
      WorkingDir: spec.workdir,
    },
  });
}
