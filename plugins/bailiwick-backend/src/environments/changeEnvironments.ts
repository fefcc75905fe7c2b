import {
  isConflict,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  type App,
  type AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** Times that an app is written against others who do at the same moment. */
const attempts = 5;

/**
 * Changes where an app runs, by what it is at that very moment.
 *
 * @param change - the environments from then on; called anew when somebody else was faster
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
      // The operator writes what it sees at any time.
      if (!isConflict(error) || attempt === attempts) throw error;
    }
  }
}
