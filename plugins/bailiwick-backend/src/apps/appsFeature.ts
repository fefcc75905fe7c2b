import {
  appCreatePermission,
  appDeletePermission,
  appReadPermission,
  repositoryCreatePermission,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  appResourceRef,
  environmentResourceRef,
  tenantResourceRef,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { titleSchema } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Feature, FeatureContext } from '../feature';
import type { RepositoryService } from '../git/RepositoryService';
import { parse } from '../http';
import { answerList } from '../live';
import { AppService } from './AppService';
import { preflightApp } from './preflightApp';

const newApp = z.strictObject({
  name: z.string().max(100),
  title: titleSchema,
  description: z.string().max(500).optional(),
  archetype: z.strictObject({
    pack: z.string(),
    version: z.string(),
    name: z.string(),
  }),
  answers: z.record(z.string(), z.unknown()),
  environment: z.string(),
  settings: z.record(z.string(), z.unknown()).optional(),
  results: z.strictObject({ connection: z.string().max(63) }).optional(),
});

const newRepository = z.strictObject({
  name: z.string().max(100),
  files: z
    .array(
      z.strictObject({
        path: z.string().max(300),
        content: z.string().max(900_000),
      }),
    )
    .min(1, 'needs at least one file')
    .max(500),
});

/** Lists, checks, creates and deletes apps, and creates their repositories. */
export function createAppsFeature({
  apps,
  authorizer,
  kubernetes,
  repositories,
  resources,
}: FeatureContext & {
  repositories: RepositoryService;
}): Feature {
  const router = Router();
  const { lists } = kubernetes;
  const service = new AppService({ apps, kubernetes, repositories });
  const services = { apps: service, kubernetes };

  /** Returns the steps of creating an app, each with the refusal of the portal's policy. */
  const stepsOf = async (req: Request, tenant: string, environment: string) => {
    const mayWrite = await authorizer.permits(
      req,
      repositoryCreatePermission,
      tenantResourceRef,
    );
    const mayMake = await authorizer.permits(
      req,
      appCreatePermission,
      environmentResourceRef,
    );
    const place = resources.environment(tenant, environment);
    const refusal = 'Only builders and owners of the tenant can do this';
    return [
      { name: 'Write code', may: true },
      { name: 'Create repository', may: mayWrite(resources.tenant(tenant)) },
      // The service reports an unknown environment by name.
      { name: 'Create app', may: !place || mayMake(place) },
    ].map(({ may, name }) => ({ name, ...(!may && { refusal }) }));
  };

  router.get('/apps', async (req, res) => {
    const person = await authorizer.authenticate(req);
    const permits = await authorizer.permits(
      req,
      appReadPermission,
      appResourceRef,
    );
    answerList(req, res, {
      freshness: kubernetes,
      list: () => lists.apps.list(),
      idOf: ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
      view: app =>
        permits(resources.app(app)) ? apps.view(app, person) : undefined,
      subscribe: listener => {
        const stops = [
          lists.apps.subscribe(listener),
          // Membership of a tenant decides who sees its apps.
          lists.tenants.subscribe(({ object }) =>
            apps
              .inTenant(object.metadata.name)
              .forEach(app => listener({ type: 'updated', object: app })),
          ),
        ];
        return () => stops.forEach(stop => stop());
      },
    });
  });

  router.post(
    '/tenants/:tenant/repositories',
    authorizer.answerAudited(
      'repository-create',
      async (person, req) => {
        const { tenant } = req.params;
        await authorizer.requireForTenant(
          req,
          repositoryCreatePermission,
          tenant,
        );
        const { name, files } = parse(newRepository, req.body);
        return repositories.create(person, { tenant, name }, files);
      },
      { status: 201 },
    ),
  );

  router.post(
    '/tenants/:tenant/apps',
    authorizer.answerAudited(
      'app-create',
      async (person, req) => {
        const { tenant } = req.params;
        const wanted = parse(newApp, req.body);
        const { environment } = wanted;
        // Otherwise a refusal would reveal to strangers which tenants and environments exist.
        apps.tenant(person, tenant);
        await authorizer.requireIn(
          req,
          appCreatePermission,
          tenant,
          environment,
        );
        return service.create(person, tenant, wanted);
      },
      { status: 201 },
    ),
  );

  router.post(
    '/tenants/:tenant/apps/preflight',
    authorizer.answerAudited('app-preflight', async (person, req) => {
      const tenant = apps.tenant(person, req.params.tenant);
      const wanted = parse(newApp, req.body);
      const steps = await stepsOf(req, req.params.tenant, wanted.environment);
      return preflightApp(services, person, tenant, wanted, steps);
    }),
  );

  router.delete(
    '/tenants/:tenant/apps/:app',
    authorizer.answerAudited('app-delete', async (person, req) => {
      const { tenant, app } = req.params;
      await authorizer.requireForApp(req, appDeletePermission, tenant, app);
      return service.delete(person, tenant, app);
    }),
  );
  return { router };
}
