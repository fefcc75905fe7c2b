import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import express, { type Request } from 'express';
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
  rawRouter.post(
    '/git/webhook',
    (req, res, next) => {
      if (!secret)
        return void res
          .status(404)
          .type('text/plain')
          .send(
            'Webhooks are off: bailiwick.git.host.webhookSecret is absent\n',
          );
      if (!isSigned(req.headers))
        return void res
          .status(401)
          .type('text/plain')
          .send('The webhook has no signature; set its secret\n');
      return next();
    },
    express.raw({ type: () => true, limit: largestWebhook }),
    (req, res) => {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      if (!isAuthentic(req.headers, body, secret ?? ''))
        return void res
          .status(401)
          .type('text/plain')
          .send(
            'The signature is wrong; the secret must be that of bailiwick.git.host.webhookSecret\n',
          );
      // Hosts wait for seconds only.
      void sync.syncNamed(repositoriesIn(body));
      return void res.status(202).end();
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
