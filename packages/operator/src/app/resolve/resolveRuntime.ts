import type { App } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Caches } from '../../cache';
import { systemNamespace } from '../../names';
import { fail, wait, type Workload } from '../Workload';

/** Finds the image and the limits that the app's domain pack gives it. @throws ObstacleError */
export function resolveRuntime(
  caches: Caches,
  { spec: { archetype } }: App,
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
  return { image: resolveImage(caches, runtime.image), limits: runtime.limits };
}

/** A reference with a registry, tag or digest stands for itself; a bare name is looked up. */
function resolveImage({ runtimeImages }: Caches, image: string): string {
  const [first, ...rest] = image.split('/');
  const isReference =
    image.includes('@') ||
    /:[^/]+$/.test(image) ||
    (rest.length > 0 && /[.:]/.test(first));
  if (isReference) return image;
  const found = runtimeImages.get('runtime-images', systemNamespace)?.data?.[
    image.replaceAll('/', '.')
  ];
  return found ?? wait(`The runtime image ${image} is not loaded yet.`);
}
