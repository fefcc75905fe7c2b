import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  mayBuild,
  mayRead,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
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
  kubernetes: KubernetesService;
  auth: AuthService;
  logger: LoggerService;
}) {
  const { auth, catalog, grants, host, kubernetes, logger, repositories } =
    options;

  async function personBehind(user: string): Promise<Person> {
    const entity = await catalog.getEntityByRef(user, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    const groups = (entity?.relations ?? [])
      .filter(relation => relation.type === 'memberOf')
      .map(relation => relation.targetRef);
    return { user, groups };
  }

  /** Whether a token's person still has the role in the tenant that git's service needs. */
  function mayUse(person: Person, tenantName: string, service: string) {
    const tenant = kubernetes.lists.tenants.get(tenantName);
    const may = service === 'git-receive-pack' ? mayBuild : mayRead;
    return tenant !== undefined && may(tenant, person);
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
    const person = await personBehind(subject);
    const service = action === 'info/refs' ? String(req.query.service) : action;
    if (!mayUse(person, tenant, service)) {
      res
        .status(403)
        .send(
          `You may not ${
            service === 'git-receive-pack' ? 'change' : 'read'
          } the code of tenant ${tenant}; ask one of its owners.\n`,
        );
      return;
    }
    const repository = repositories.find({ tenant, name });
    await host.head(repository);
    await serveGit(req, res, {
      root: host.directory,
      path: req.path,
      user: subject,
    });
    if (action === 'git-receive-pack') {
      await repositories
        .publishPush(person, repository)
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
