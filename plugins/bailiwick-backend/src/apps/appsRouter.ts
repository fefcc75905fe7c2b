import {
  appCreatePermission,
  appDeletePermission,
  appReadPermission,
  repositoryCreatePermission,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  appResourceRef,
  environmentResourceRef,
  tenantResourceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Resources } from '../access';
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
  resources,
}: {
  apps: AppService;
  caller: Caller;
  kubernetes: KubernetesService;
  repositories: RepositoryService;
  resources: Resources;
}) {
  const router = Router();
  const { lists } = kubernetes;

  const requireRead = async (req: Request, person: Person) => {
    const { tenant, app } = req.params;
    apps.get(person, tenant, app);
    await caller.requireFor(
      req,
      appReadPermission,
      appResourceRef,
      resources.findApp(tenant, app),
    );
  };

  router.get('/apps', async (req, res) => {
    const person = await caller.person(req);
    const permits = await caller.permits(
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
      async person => {
        await caller.requireFor(
          req,
          repositoryCreatePermission,
          tenantResourceRef,
          resources.tenant(tenant),
        );
        const { name, files } = parse(newRepository, req.body);
        return repositories.create(person, { tenant, name }, files);
      },
    );
    res.status(201).json(created);
  });

  router.post('/tenants/:tenant/apps', async (req, res) => {
    const { tenant } = req.params;
    const created = await caller.change(
      req,
      'app-create',
      { tenant },
      async person => {
        const wanted = parse(newApp, req.body);
        const resource = resources.environment(tenant, wanted.environment);
        // What is not there is told by name below.
        if (resource)
          await caller.requireFor(
            req,
            appCreatePermission,
            environmentResourceRef,
            resource,
          );
        return apps.create(person, tenant, wanted);
      },
    );
    res.status(201).json(created);
  });

  router.get('/tenants/:tenant/apps/:app', async (req, res) => {
    const { tenant, app } = req.params;
    const person = await caller.person(req);
    await requireRead(req, person);
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
    await caller.change(req, 'app-delete', { tenant, app }, async person => {
      const resource = resources.findApp(tenant, app);
      if (resource)
        await caller.requireFor(
          req,
          appDeletePermission,
          appResourceRef,
          resource,
        );
      return apps.delete(person, tenant, app);
    });
    res.status(204).end();
  });

  router.get(
    '/tenants/:tenant/apps/:app/environments/:environment/pods/:pod/log',
    async (req, res) => {
      const person = await caller.person(req);
      await requireRead(req, person);
      await streamLog(req, res, kubernetes.as(person));
    },
  );
  return router;
}
