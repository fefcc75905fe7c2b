import type { App } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Caches } from '../../cache';
import { systemNamespace } from '../../names';
import { fail, wait, type Workload } from '../Workload';
import type { BundleRelease } from './resolveRelease';

/**
 * Finds the image and the limits. Both come from the app's domain pack, but a release that names an
 * image keeps it when the pack moves on.
 *
 * @throws ObstacleError
 */
export function resolveRuntime(
  caches: Caches,
  { spec: { archetype } }: App,
  release: BundleRelease | undefined,
): Pick<Workload, 'image' | 'limits'> {
  const pack = caches.packs.get(archetype.pack);
  if (!pack) {
    fail(
      `The domain pack "${archetype.pack}" is not installed.`,
      'Ask the platform team.',
    );
  }
  const { archetypes, runtimes, version } = pack.spec;
  const name = archetypes.find(one => one.name === archetype.name)?.runtime;
  const runtime = runtimes.find(one => one.name === name);
  if (!runtime) {
    fail(
      `The domain pack ${archetype.pack} ${version} has no archetype "${archetype.name}" with a runtime.`,
      "Ask the pack's owners.",
    );
  }
  const published = release?.bundle.runtime;
  const image = published && isReference(published) ? published : runtime.image;
  return { image: resolveImage(caches, image), limits: runtime.limits };
}

/** Whether an image has a registry, tag or digest, and so stands for itself. */
function isReference(image: string): boolean {
  const [first, ...rest] = image.split('/');
  return (
    image.includes('@') ||
    /:[^/]+$/.test(image) ||
    (rest.length > 0 && /[.:]/.test(first))
  );
}

/** A bare name is looked up. */
function resolveImage({ runtimeImages }: Caches, image: string): string {
  if (isReference(image)) return image;
  const found = runtimeImages.get('runtime-images', systemNamespace)?.data?.[
    image.replaceAll('/', '.')
  ];
  return found ?? wait(`The runtime image ${image} is not loaded yet.`);
}
