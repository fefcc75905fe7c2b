import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import express, { type Request, type Response } from 'express';
import Router from 'express-promise-router';
import { requireBuilder } from '../authorization';
import type { Feature, FeatureContext } from '../feature';
import type { Publisher } from './Publisher';
import type { RepositoryService } from './RepositoryService';
import type { ExternalRepositories } from './ExternalRepositories';
import { MirrorSync } from './MirrorSync';
import type { GitHostConfig } from '../gitHosts';
import { isAuthentic, isSigned, repositoriesIn } from './webhook';

/** Size of a webhook; hosts report far fewer commits. A larger one is refused, and its commits are found later. */
const largestWebhook = '5mb';

/** Repositories at other git hosts: their state, webhooks, and the person with whose rights pushes are deployed. */
export function createExternalFeature({
  apps,
  authorizer,
  config,
  external,
  kubernetes,
  logger,
  publisher,
  repositories,
}: FeatureContext & {
  config: GitHostConfig;
  external: ExternalRepositories;
  logger: LoggerService;
  publisher: Publisher;
  repositories: RepositoryService;
}): Feature {
  const { pollSeconds, webhookSecret: secret } = config;
  const sync = new MirrorSync({
    external,
    kubernetes,
    logger,
    publisher,
    pollSeconds,
  });

  const rawRouter = Router();
  rawRouter.use(
    '/git/webhook',
    (req, res, next) => {
      if (!secret)
        return refuse(
          res,
          404,
          'bailiwick.git.host.webhookSecret is absent, so webhooks are off',
        );
      if (!isSigned(req.headers))
        return refuse(res, 401, 'The webhook has no signature; set its secret');
      return next();
    },
    express.raw({ type: () => true, limit: largestWebhook }),
    ({ body, headers }, res) => {
      const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      if (!secret || !isAuthentic(headers, content, secret))
        return refuse(
          res,
          401,
          'The signature is wrong; the secret must be that of bailiwick.git.host.webhookSecret',
        );
      // Hosts wait for seconds only.
      void sync.syncNamed(repositoriesIn(content));
      return res.status(202).end();
    },
  );

  const router = Router();
  const base = '/tenants/:tenant/apps/:app/repository';

  const view = async (place: {
    tenant: string;
    name: string;
  }): Promise<RepositoryView> => {
    const found = await repositories.get(place);
    const waiting = publisher.waitingReason(place);
    return { ...found, ...(waiting && { waiting }) };
  };

  router.get(base, async (req, res) => {
    const { tenant, app } = req.params;
    const person = await authorizer.authenticate(req);
    apps.get(person, tenant, app);
    await authorizer.requireAppRead(req, tenant, app);
    res.json(await view({ tenant, name: app }));
  });

  router.post(
    `${base}/deployer`,
    authorizer.answerAudited(
      'repository-deployer',
      async (person: Person, req: Request) => {
        const { tenant, app } = req.params;
        const found = apps.get(person, tenant, app);
        await requireBuilder(authorizer, req, found, 'deploy pushes');
        const place = { tenant, name: app };
        await repositories.setDeployer(person, place);
        await publisher.publishWaiting(place);
        return view(place);
      },
    ),
  );

  return {
    rawRouter,
    router,
    start: () => sync.start(),
    stop: () => sync.stop(),
  };
}

function refuse(response: Response, status: number, why: string): Response {
  return response.status(status).type('text/plain').send(`${why}\n`);
}
