import type {
  App,
  AppEnvironment,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../../../cache';
import { fail } from '../workload';

/** A release with a code bundle. */
export type BundleRelease = Release['spec'] & {
  bundle: NonNullable<Release['spec']['bundle']>;
};

/** Finds the release that an environment runs, `undefined` for a draft. @throws ObstacleError */
export function resolveRelease(
  { releases }: Caches,
  { metadata: { name, namespace }, spec: { archetype } }: App,
  environment: AppEnvironment,
): BundleRelease | undefined {
  if (!environment.release) return undefined;
  const spec = releases.get(environment.release, namespace)?.spec;
  if (spec?.app !== name) {
    fail(
      `There is no release "${environment.release}" of this app.`,
      'Choose another release.',
    );
  }
  if (spec.archetype.pack !== archetype.pack) {
    fail(
      `The release "${environment.release}" was made for the pack ${spec.archetype.pack}, and the app is of ${archetype.pack}.`,
      'Choose another release.',
    );
  }
  const { bundle } = spec;
  if (!bundle) {
    fail(
      `The release "${environment.release}" has no code bundle, and images cannot be run yet.`,
      'Choose a release with a code bundle.',
    );
  }
  return { ...spec, bundle };
}
