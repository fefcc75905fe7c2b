import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common';
import Router from 'express-promise-router';
import type { GrantService } from '../grants';
import type { GitHost } from './GitHost';
import type { RepositoryService } from './RepositoryService';
import { serveGit } from './serveGit';

/** The two services of git's smart HTTP protocol. */
const pathPattern =
  /^\/([^/]+)\/([^/]+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** `/git/<tenant>/<app>.git`: clone and push with a git token as password (HTTP Basic). */
export function createGitRouter(options: {
  host: GitHost;
  repositories: RepositoryService;
  grants: GrantService;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
}) {
  const { auth, catalog, grants, host, logger, repositories } = options;

  async function personBehind(user: string): Promise<Person> {
    const entity = await catalog.getEntityByRef(user, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    const groups = (entity?.relations ?? [])
      .filter(relation => relation.type === 'memberOf')
      .map(relation => relation.targetRef);
    return { user, groups };
  }

  const router = Router();
  router.use(async (req, res) => {
    const [, tenant, name, action] = req.path.match(pathPattern) ?? [];
    const subject =
      action &&
      grants.subjectOfGitToken(req.header('authorization'), tenant, name);
    if (!subject) {
      res
        .status(401)
        .set('WWW-Authenticate', 'Basic realm="bailiwick", charset="UTF-8"')
        .send(
          "Use a git token of this app as password; the portal makes one on the app's page.\n",
        );
      return;
    }
    const repository = { tenant, name };
    await host.head(repository);
    await serveGit(req, res, {
      root: host.directory,
      path: req.path,
      user: subject,
    });
    if (action === 'git-receive-pack') {
      await repositories
        .publishPush(await personBehind(subject), repository)
        .catch(error =>
          logger.error(
            `The push to ${tenant}/${name} could not be published`,
            error,
          ),
        );
    }
  });
  return router;
}
