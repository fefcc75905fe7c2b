import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dockerfile } from './dockerfile';
import { readImageSpec, type ImageSpec } from './ImageSpec';

/**
 * Writes a folder from which `docker build` builds an image, with a `Dockerfile`. Its base is a Debian image with a shell,
 * so the image is larger than that of {@link saveImage}.
 *
 * @param target - path of the folder; its content is replaced
 * @throws ClusterError for an invalid spec
 */
export async function saveBuildContext(
  specFile: string,
  target: string,
): Promise<void> {
  const spec = readImageSpec(specFile);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await fillContext(spec, target);
}

/** Fills an empty folder with a `Dockerfile` and the files that it copies. */
export async function fillContext(
  spec: ImageSpec,
  context: string,
): Promise<void> {
  await writeFile(join(context, 'Dockerfile'), dockerfile(spec));
  await mkdir(join(context, 'copy'));
  if (spec.pip)
    await copyFile(spec.pip.requirements, join(context, 'requirements.txt'));
  for (const [index, { from }] of spec.copy.entries()) {
    await cp(from, join(context, 'copy', String(index)), { recursive: true });
  }
}
