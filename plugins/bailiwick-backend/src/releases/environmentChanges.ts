import { settingsProblems } from '@bailiwick/backstage-domain-pack';
import { ConflictError, InputError } from '@backstage/errors';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  findArchetype,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { changeEnvironment } from '../environments';

/** An app, and one of its environments. */
interface PlaceOfApp {
  app: AppView;
  environment: string;
}

/**
 * Replaces the settings of an environment of an app, as the signed-in person.
 *
 * @throws InputError when the app does not run there, or its archetype does not take them
 */
export async function setSettings(
  kubernetes: KubernetesService,
  person: Person,
  { app, environment }: PlaceOfApp,
  parameters: Record<string, unknown>,
): Promise<App> {
  const { packs, releases } = kubernetes.lists;
  const { release } =
    app.spec.environments.find(({ name }) => name === environment) ?? {};
  const released =
    release && releases.get(release, app.metadata.namespace)?.spec;
  const { archetype } = findArchetype(packs, (released || app.spec).archetype);
  const problems = archetype ? settingsProblems(archetype, parameters) : [];
  if (problems.length > 0) throw new InputError(problems.join('; '));
  const client = kubernetes.as(person);
  return changeEnvironment(client, app, environment, one => ({
    ...one,
    parameters,
  }));
}

/**
 * Runs the newest commit again instead of a release, as the signed-in person.
 *
 * @throws InputError when the app does not run there, ConflictError when it does so already
 */
export async function followDraft(
  kubernetes: KubernetesService,
  person: Person,
  { app, environment }: PlaceOfApp,
): Promise<App> {
  const client = kubernetes.as(person);
  return changeEnvironment(client, app, environment, one => {
    if (!one.release)
      throw new ConflictError(
        `The newest commit is already deployed in ${environment}`,
      );
    const { because: _why, promoted: _which, release: _old, ...kept } = one;
    return { ...kept, revision: 'draft' };
  });
}
