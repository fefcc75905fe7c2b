import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { RepositoryService } from '../git';
import { parse, type Caller } from '../http';
import { answerList, answerValue } from '../live';
import type { AppService } from './AppService';
import { viewDeployment } from './deploymentView';
import { streamLog } from './streamLog';

const newApp = z.strictObject({
  name: z.string().max(100),
  title: z.string().min(1, 'must not be empty').max(80),
  description: z.string().max(500).optional(),
  archetype: z.strictObject({
    pack: z.string(),
    version: z.string(),
    name: z.string(),
  }),
  answers: z.record(z.string(), z.unknown()),
  environment: z.string(),
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

/** Routes of apps, their repositories and the logs of their pods. */
export function createAppsRouter({
  apps,
  caller,
  kubernetes,
  repositories,
}: {
  apps: AppService;
  caller: Caller;
  kubernetes: KubernetesService;
  repositories: RepositoryService;
}) {
  const router = Router();
  const { lists } = kubernetes;

  router.get('/apps', async (req, res) => {
    const person = await caller.person(req);
    answerList(req, res, {
      freshness: kubernetes,
      list: () => lists.apps.list(),
      idOf: ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
      view: app => apps.view(app, person),
      subscribe: listener => {
        const stops = [
          lists.apps.subscribe(listener),
          // Who belongs to a tenant decides who sees its apps.
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

  router.post('/tenants/:tenant/repositories', async (req, res) => {
    const { tenant } = req.params;
    const created = await caller.change(
      req,
      'repository-create',
      { tenant },
      person => {
        const { name, files } = parse(newRepository, req.body);
        return repositories.create(person, { tenant, name }, files);
      },
    );
    res.status(201).json(created);
  });

  router.post('/tenants/:tenant/apps', async (req, res) => {
    const { tenant } = req.params;
    const created = await caller.change(req, 'app-create', { tenant }, person =>
      apps.create(person, tenant, parse(newApp, req.body)),
    );
    res.status(201).json(created);
  });

  router.get('/tenants/:tenant/apps/:app', async (req, res) => {
    const { tenant, app } = req.params;
    const person = await caller.person(req);
    apps.get(person, tenant, app);
    answerValue(req, res, {
      freshness: kubernetes,
      read: () => viewDeployment(apps.get(person, tenant, app), lists),
      subscribe: listener => {
        const { apps: watched, events, pods, tenants } = lists;
        const stops = [watched, events, pods, tenants].map(list =>
          list.subscribe(listener),
        );
        return () => stops.forEach(stop => stop());
      },
    });
  });

  router.delete('/tenants/:tenant/apps/:app', async (req, res) => {
    const { tenant, app } = req.params;
    await caller.change(req, 'app-delete', { tenant, app }, person =>
      apps.delete(person, tenant, app),
    );
    res.status(204).end();
  });

  router.get(
    '/tenants/:tenant/apps/:app/environments/:environment/pods/:pod/log',
    async (req, res) => {
      const { tenant, app } = req.params;
      const person = await caller.person(req);
      apps.get(person, tenant, app);
      await streamLog(req, res, kubernetes.as(person));
    },
  );
  return router;
}
