import {
  mayBuild,
  mayRead,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import type { GrantService } from '../grants';
import type { CatalogPeople } from './CatalogPeople';
import type { GitHost } from './GitHost';
import type { Publisher } from './Publisher';
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
  people: CatalogPeople;
  publisher: Publisher;
  kubernetes: KubernetesService;
}) {
  const { grants, host, kubernetes, people, publisher, repositories } = options;

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
        .type('text/plain') // git shows no other words
        .send(
          `${grants.gitTokenProblem(
            req.header('authorization'),
          )} Use a git token of this app as the password; its page in the portal makes one on the tab Use it.\n`,
        );
      return;
    }
    const person = await people.find(subject);
    const service = action === 'info/refs' ? String(req.query.service) : action;
    if (!mayUse(person, tenant, service)) {
      res
        .status(403)
        .type('text/plain')
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
      afterPush:
        action === 'git-receive-pack'
          ? () => publisher.publish(person, repository)
          : undefined,
    });
  });
  return router;
}
