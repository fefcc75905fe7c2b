import type {
  App,
  AppEnvironment,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { toKey } from '@bailiwick/backstage-kube-controller';
import type { Caches } from '../../../cache';
import { youngestFirst } from '../health';
import { throwFailed, throwPending } from '../workload';
import { endedWithoutResult } from './endedWithoutResult';

/** Finds the release that an environment runs, `undefined` for a draft. @throws ObstacleError */
export function resolveRelease(
  { releases }: Caches,
  { metadata: { name, namespace }, spec: { archetype } }: App,
  environment: Pick<AppEnvironment, 'release'>,
): Release | undefined {
  if (!environment.release) return undefined;
  const release = releases.get(environment.release, namespace);
  if (release?.spec.app !== name) {
    throwFailed(
      `Release "${environment.release}" of this app was not found.`,
      'Choose a different release.',
    );
  }
  const { spec } = release;
  // Earlier versions accepted such releases.
  if (!spec.bundle)
    throwFailed(
      `Release "${environment.release}" has no code bundle.`,
      'Choose a different release.',
    );
  if (spec.archetype.pack !== archetype.pack) {
    throwFailed(
      `Release "${environment.release}" is for pack ${spec.archetype.pack}, and the app uses pack ${archetype.pack}.`,
      'Choose a different release.',
    );
  }
  return release;
}

/** Returns the image of a release with the format `image`. @throws ObstacleError until it is built */
export function resolveImage(
  { builds }: Pick<Caches, 'builds'>,
  { metadata: { name, namespace }, spec, status }: Release,
): string {
  if (status?.image) return status.image;
  // A change of the runtime leads to another build.
  const [build] = youngestFirst(
    builds
      .index('app', toKey(spec.app, namespace))
      .filter(one => one.spec.image?.release === name),
  );
  if (build && endedWithoutResult(build))
    throwFailed(
      `The image of release "${name}" can't be built: ${build.status?.why}`,
      build.status?.next ?? 'Publish a release with a code bundle instead.',
    );
  const { why } = build?.status ?? {};
  return throwPending(
    `The image of release "${name}" is being built.${why ? ` ${why}` : ''}`,
  );
}
