import {
  isConflict,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  type App,
  type AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { environmentOf } from './environmentOf';

/** Attempts to write an app against concurrent writers. */
const attempts = 5;

/**
 * Changes one environment of an app, based on its present state.
 *
 * @throws InputError when the app does not run there, and as {@link changeEnvironments}
 */
export async function changeEnvironment(
  client: KubeClient,
  app: App,
  environment: string,
  change: (now: AppEnvironment) => AppEnvironment,
  options?: { dryRun?: boolean },
): Promise<App> {
  const changed = (spec: App['spec']) => {
    const found = environmentOf({ ...app, spec }, environment);
    return spec.environments.map(one => (one === found ? change(one) : one));
  };
  return changeEnvironments(client, app, changed, options);
}

/**
 * Changes the environments of an app, based on its present state.
 *
 * @param change - returns the new environments; called again after a conflict
 * @throws KubeApiError when the API server refuses it, and whatever `change` throws
 */
export async function changeEnvironments(
  client: KubeClient,
  { metadata: { name, namespace } }: App,
  change: (spec: App['spec']) => AppEnvironment[],
  { dryRun = false } = {},
): Promise<App> {
  const apps = client.resource<App>(appKind);
  for (let attempt = 1; ; attempt += 1) {
    const { metadata, spec } = await apps.get(name, { namespace });
    const environments = change(spec);
    const { resourceVersion } = metadata;
    try {
      return await apps.patch(
        name,
        { spec: { environments } },
        { namespace, resourceVersion, dryRun },
      );
    } catch (error) {
      // The operator can write its observations at any time.
      if (!isConflict(error) || attempt === attempts) throw error;
    }
  }
}
