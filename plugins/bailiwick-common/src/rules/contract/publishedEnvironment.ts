import type { App, AppEnvironmentStatus } from '../../kinds';

/**
 * Returns the environment whose contract is the API of an app in the catalog, which all signed-in people can
 * read: the last one that has a contract, because readers want what was released. `undefined` before the app's
 * first run.
 *
 * @public
 */
export function publishedEnvironment(
  app: Pick<App, 'status'>,
): AppEnvironmentStatus | undefined {
  return app.status?.environments?.findLast(({ contract }) => contract);
}
