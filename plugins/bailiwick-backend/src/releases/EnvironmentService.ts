import { settingsProblems } from '@bailiwick/backstage-domain-pack';
import { ConflictError, InputError } from '@backstage/errors';
import type {
  App,
  AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  findArchetype,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { changeEnvironments, environmentOf } from '../environments';

/** Changes the settings and the revision of an app's environment, as the signed-in person. */
export class EnvironmentService {
  readonly #kubernetes: KubernetesService;

  constructor(options: { kubernetes: KubernetesService }) {
    this.#kubernetes = options.kubernetes;
  }

  /**
   * Replaces the settings of an environment.
   *
   * @throws InputError when the app does not run there, or its archetype does not take them
   */
  async set(
    person: Person,
    app: AppView,
    environment: string,
    parameters: Record<string, unknown>,
  ): Promise<App> {
    const { packs, releases } = this.#kubernetes.lists;
    const { release } =
      app.spec.environments.find(({ name }) => name === environment) ?? {};
    const released =
      release && releases.get(release, app.metadata.namespace)?.spec;
    const { archetype } = findArchetype(
      packs,
      (released || app.spec).archetype,
    );
    const problems = archetype ? settingsProblems(archetype, parameters) : [];
    if (problems.length > 0) throw new InputError(problems.join('; '));
    return this.#change(person, app, environment, one => ({
      ...one,
      parameters,
    }));
  }

  /**
   * Runs the newest commit again instead of a release.
   *
   * @throws InputError when the app does not run there, ConflictError when it does so already
   */
  async follow(
    person: Person,
    app: AppView,
    environment: string,
  ): Promise<App> {
    return this.#change(person, app, environment, one => {
      if (!one.release)
        throw new ConflictError(
          `The newest commit runs in ${environment} already`,
        );
      const { because: _why, promoted: _which, release: _old, ...kept } = one;
      return { ...kept, revision: 'draft' };
    });
  }

  async #change(
    person: Person,
    app: AppView,
    environment: string,
    change: (environment: AppEnvironment) => AppEnvironment,
  ): Promise<App> {
    return changeEnvironments(this.#kubernetes.as(person), app, spec => {
      environmentOf({ metadata: app.metadata, spec }, environment);
      return spec.environments.map(one =>
        one.name === environment ? change(one) : one,
      );
    });
  }
}
