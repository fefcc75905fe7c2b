import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  canBuild,
  canRead,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  KubernetesService,
  PeopleService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import type { CatalogSubjects } from '../authorization';
import type { Feature } from '../feature';
import { ownerHasLeft, type GrantService } from '../grants/GrantService';
import type { ExternalRepositories } from './ExternalRepositories';
import type { GitHost } from './GitHost';
import type { Publisher } from './Publisher';
import type { RepositoryService } from './RepositoryService';
import { removeLeftovers } from './removeLeftovers';
import { serveGit, type GitService } from './serveGit';

/** Milliseconds between two removals of what a killed portal on the same folder left. */
const cleaningMs = 30_000;

/** The two services of git's smart HTTP protocol. */
const pathPattern =
  /^\/([^/]+)\/([^/]+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** `/git/<tenant>/<app>.git`: clone and push with a git token as password (HTTP Basic). */
export function createGitFeature(options: {
  external: ExternalRepositories;
  grants: GrantService;
  host: GitHost;
  kubernetes: KubernetesService;
  logger: LoggerService;
  people: PeopleService;
  publisher: Publisher;
  repositories: RepositoryService;
  subjects: CatalogSubjects;
}): Feature {
  const {
    external,
    grants,
    host,
    kubernetes,
    logger,
    people,
    publisher,
    repositories,
    subjects,
  } = options;

  /** Whether the token's owner still has the role that the git service requires. */
  function mayUse(person: Person, tenantName: string, service: GitService) {
    const tenant = kubernetes.lists.tenants.get(tenantName);
    const may = service === 'git-receive-pack' ? canBuild : canRead;
    return tenant !== undefined && may(tenant, person);
  }

  const repositoryRouter = Router();
  repositoryRouter.use(async (req, res) => {
    const [, tenant, name, action] = req.path.match(pathPattern) ?? [];
    const subject =
      action &&
      grants.subjectOfGitToken(req.header('authorization'), tenant, name);
    const hasLeft =
      subject && (await people.findAbsent([subject])).has(subject);
    if (!subject || hasLeft) {
      res
        .status(401)
        .set('WWW-Authenticate', 'Basic realm="bailiwick", charset="UTF-8"')
        .type('text/plain') // git shows nothing else
        .send(
          `${
            hasLeft
              ? ownerHasLeft
              : grants.gitTokenProblem(req.header('authorization'))
          } Use a git token of this app as the password; create one on the app's Get data tab in the portal.\n`,
        );
      return;
    }
    const person = await subjects.find(subject);
    const service = action === 'info/refs' ? req.query.service : action;
    if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
      res
        .status(403)
        .type('text/plain')
        .send(
          "This host supports only git's smart HTTP protocol; set service to git-upload-pack or git-receive-pack.\n",
        );
      return;
    }
    if (!mayUse(person, tenant, service)) {
      res
        .status(403)
        .type('text/plain')
        .send(
          `You have no permission to ${
            service === 'git-receive-pack' ? 'push' : 'read'
          } code of tenant ${tenant}; ask an owner of the tenant.\n`,
        );
      return;
    }
    const repository = repositories.find({ tenant, name });
    const elsewhere = await external.addressOf(repository);
    if (elsewhere) {
      res
        .status(403)
        .type('text/plain')
        .send(
          `The code of this app is at ${elsewhere}; clone it from there, with your account at that host.\n`,
        );
      return;
    }
    await host.head(repository);
    const problem =
      service === 'git-receive-pack' && (await host.spaceProblem(tenant));
    if (problem) {
      res.status(507).type('text/plain').send(`${problem}\n`);
      return;
    }
    await serveGit(req, res, {
      root: host.directory,
      path: req.path,
      config: await host.servingConfig(),
      service,
      user: subject,
      afterPush:
        action === 'git-receive-pack'
          ? () => publisher.publish(person, repository)
          : undefined,
    });
  });
  const rawRouter = Router();
  rawRouter.use('/git', repositoryRouter);
  let cleaning: NodeJS.Timeout | undefined;
  return {
    rawRouter,
    async start() {
      await removeLeftovers(host.directory);
      publisher.start();
      cleaning = setInterval(() => {
        removeLeftovers(host.directory).catch(error =>
          logger.warn(`Can't remove files of a killed portal: ${error}`),
        );
      }, cleaningMs).unref();
    },
    stop() {
      clearInterval(cleaning);
      publisher.stop();
    },
  };
}
