import type {
  App,
  AppEnvironment,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../../../cache';
import { throwFailed } from '../workload';

/** A release with a code bundle. */
export type BundleRelease = Release['spec'] & {
  bundle: NonNullable<Release['spec']['bundle']>;
};

/** Finds the release that an environment runs, `undefined` for a draft. @throws ObstacleError */
export function resolveRelease(
  { releases }: Caches,
  { metadata: { name, namespace }, spec: { archetype } }: App,
  environment: Pick<AppEnvironment, 'release'>,
): BundleRelease | undefined {
  if (!environment.release) return undefined;
  const spec = releases.get(environment.release, namespace)?.spec;
  if (spec?.app !== name) {
    throwFailed(
      `Release "${environment.release}" of this app was not found.`,
      'Choose a different release.',
    );
  }
  if (spec.archetype.pack !== archetype.pack) {
    throwFailed(
      `Release "${environment.release}" is for pack ${spec.archetype.pack}, and the app uses pack ${archetype.pack}.`,
      'Choose a different release.',
    );
  }
  const { bundle } = spec;
  if (!bundle) {
    throwFailed(
      `Release "${environment.release}" has no code bundle, and images are not supported yet.`,
      'Choose a release with a code bundle.',
    );
  }
  return { ...spec, bundle };
}
