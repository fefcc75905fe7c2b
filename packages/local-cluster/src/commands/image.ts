import { resolve } from 'node:path';
import { ClusterError } from '../ClusterError';
import { loadImage } from '../images/loadImage';
import type { Arguments } from './arguments';
import { note, sayJson } from './output';

/** Provides an image to the cluster and prints its reference. */
export async function image(options: Arguments): Promise<number> {
  const [verb, specFile] = options.positionals;
  if (verb !== 'load' || !specFile) {
    throw new ClusterError(
      'Which image?',
      'bailiwick-cluster image load <spec.json>',
    );
  }
  const result = await loadImage({
    dataDir: options.dataDir,
    name: options.name,
    specFile: resolve(specFile),
    registry: options.registry ?? process.env.BAILIWICK_IMAGE_REGISTRY,
    report: detail => note(`  … ${detail}`),
  });
  sayJson(result);
  return 0;
}
