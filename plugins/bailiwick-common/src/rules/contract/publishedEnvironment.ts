import type { App, AppEnvironmentStatus } from '../../kinds';

/**
 * Returns the environment whose contract is the API of an app in the catalog, which all signed-in people can
 * read: the first one that has a contract. `undefined` before the app's first run.
 */
export function publishedEnvironment(
  app: Pick<App, 'status'>,
): AppEnvironmentStatus | undefined {
  return app.status?.environments?.find(({ contract }) => contract);
}
