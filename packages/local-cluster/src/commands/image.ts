import { resolve } from 'node:path';
import { ClusterError } from '../ClusterError';
import { loadImage } from '../lifecycle/loadImage';
import { pushImage } from '../lifecycle/pushImage';
import { saveImage } from '../images/saveImage';
import type { Arguments } from './arguments';
import { note, sayJson } from './output';

/** Provides an image to the cluster, pushes it to its registry, or writes it to a file; prints its reference. */
export async function image(options: Arguments): Promise<number> {
  const [verb, spec] = options.positionals;
  const { out } = options;
  const specFile = spec && resolve(spec);
  const report = (detail: string) => note(`  … ${detail}`);
  if (verb === 'load' && specFile) {
    const { dataDir, name } = options;
    const registry = options.registry ?? process.env.BAILIWICK_IMAGE_REGISTRY;
    sayJson(await loadImage({ dataDir, name, specFile, registry, report }));
    return 0;
  }
  if (verb === 'save' && specFile && out) {
    sayJson(await saveImage({ specFile, target: resolve(out), report }));
    return 0;
  }
  if (verb === 'push' && spec) {
    const { dataDir, name } = options;
    sayJson(await pushImage({ dataDir, name, reference: spec }));
    return 0;
  }
  throw new ClusterError(
    'Which image?',
    'bailiwick-cluster image load <spec.json>, image push <reference>, or image save <spec.json> --out <file>',
  );
}
