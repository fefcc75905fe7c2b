import type {
  DomainPack,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { packNameOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches } from '../../../cache';
import { systemNamespace } from '../../../names';
import { throwFailed, throwPending, type Workload } from '../workload';
import { isReference, parseImage } from './imageReference';
import type { FoundArchetype } from './resolveArchetype';

/**
 * Resolves image and limits from the domain pack. A release that names an image keeps it when the
 * pack changes, if it is a version of one of the pack's runtimes.
 *
 * @throws ObstacleError
 */
export function resolveRuntime(
  caches: Caches,
  { pack, runtime }: FoundArchetype,
  release: Release['spec'] | undefined,
): Pick<Workload, 'image' | 'limits'> {
  const published = release && releasedImage(caches, pack, release);
  const image = published ?? loaded(caches, runtime.image);
  return {
    image:
      image ??
      throwPending(`Runtime image ${runtime.image} is not available yet.`),
    limits: runtime.limits,
  };
}

/**
 * Returns the image of a release; `undefined` for a runtime without a version, which then has the version of the pack.
 *
 * @throws ObstacleError for an image that is not a runtime of the pack: builders write releases, and the image
 * determines the code that runs for the tenant
 */
function releasedImage(
  caches: Caches,
  pack: DomainPack,
  { bundle }: Release['spec'],
): string | undefined {
  const { repository, version } = parseImage(bundle.runtime);
  const { runtimes } = pack.spec;
  for (const { image, name } of runtimes) {
    const found = loaded(caches, image);
    const home = found && parseImage(found).repository;
    const isNamed =
      repository === name || repository === parseImage(image).repository;
    if (isNamed && !version) return undefined;
    if (isNamed && !home)
      throwPending(`Runtime image ${image} is not available yet.`);
    if (isNamed || repository === home) return `${home}${version}`;
  }
  const names = runtimes.map(({ name }) => name).join(', ');
  return throwFailed(
    `The release requires image ${
      bundle.runtime
    }, which is not a runtime of domain pack ${packNameOf(pack)}.`,
    `Publish a release with a runtime of the pack: ${names}.`,
  );
}

/** Resolves a bare image name to a reference; `undefined` when it is not loaded yet. */
function loaded({ runtimeImages }: Caches, image: string): string | undefined {
  if (isReference(image)) return image;
  return runtimeImages.get('runtime-images', systemNamespace)?.data?.[
    image.replaceAll('/', '.')
  ];
}
