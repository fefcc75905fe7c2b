import {
  appCreatePermission,
  appDeletePermission,
  appReadPermission,
  appRunPermission,
  isNamespaceOf,
  repositoryCreatePermission,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  appResourceRef,
  environmentResourceRef,
  tenantResourceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { requireIn, requireAppRead, type Resources } from '../access';
import type { RepositoryService } from '../git';
import { parse, type Caller } from '../http';
import { answerList, answerValue } from '../live';
import type { AppPreflight } from './AppPreflight';
import type { AppService } from './AppService';
import type { RunService } from './RunService';
import { viewDeployment } from './deploymentView';

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
  settings: z.record(z.string(), z.unknown()).optional(),
});

const newRun = z.strictObject({
  environment: z.string().max(20),
  parameters: z.record(z.string(), z.unknown()).default({}),
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

/** Routes of apps, their repositories and their runs. */
export function createAppsRouter({
  apps,
  caller,
  kubernetes,
  preflight,
  repositories,
  resources,
  runs,
}: {
  apps: AppService;
  caller: Caller;
  kubernetes: KubernetesService;
  preflight: AppPreflight;
  repositories: RepositoryService;
  resources: Resources;
  runs: RunService;
}) {
  const router = Router();
  const { lists } = kubernetes;

  const requireRead = async (req: Request, person: Person) => {
    const { tenant, app } = req.params;
    apps.get(person, tenant, app);
    await requireAppRead({ caller, resources }, req, tenant, app);
  };

  const requireRun = (req: Request, tenant: string, environment: string) =>
    requireIn({ caller, resources }, req, appRunPermission, {
      tenant,
      environment,
    });

  /** What making an app takes, with what the portal's policy says to it. */
  const stepsOf = async (req: Request, tenant: string, environment: string) => {
    const mayWrite = await caller.permits(
      req,
      repositoryCreatePermission,
      tenantResourceRef,
    );
    const mayMake = await caller.permits(
      req,
      appCreatePermission,
      environmentResourceRef,
    );
    const place = resources.environment(tenant, environment);
    const refusal = 'Builders and owners of the tenant may do this';
    return [
      { name: 'Write the code', may: true },
      { name: 'Make its repository', may: mayWrite(resources.tenant(tenant)) },
      // An environment that is not there is told by name.
      { name: 'Create the app', may: !place || mayMake(place) },
    ].map(({ may, name }) => ({ name, ...(!may && { refusal }) }));
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

  router.post('/tenants/:tenant/apps/preflight', async (req, res) => {
    const { tenant: name } = req.params;
    const outcome = await caller.change(
      req,
      'app-preflight',
      { tenant: name },
      async person => {
        const tenant = apps.tenant(person, name);
        const wanted = parse(newApp, req.body);
        const steps = await stepsOf(req, name, wanted.environment);
        return preflight.check(person, tenant, wanted, steps);
      },
    );
    res.json(outcome);
  });

  router.get('/tenants/:tenant/apps/:app', async (req, res) => {
    const { tenant, app } = req.params;
    const person = await caller.person(req);
    await requireRead(req, person);
    answerValue(req, res, {
      freshness: kubernetes,
      read: () => viewDeployment(apps.get(person, tenant, app), lists),
      subscribe: listener => {
        const {
          apps: watched,
          events,
          grants,
          packs,
          pods,
          releases,
          requests,
          runs: begun,
          tenants,
        } = lists;
        // What happens to apps of others, which is most of it, is nothing to look at.
        const own = ({ object }: { object: KubeObject }) => {
          if (isNamespaceOf(tenant, object.metadata.namespace)) listener();
        };
        const stops = [
          ...[watched, events, grants, pods, releases, begun].map(list =>
            list.subscribe(own),
          ),
          ...[packs, requests, tenants].map(list => list.subscribe(listener)),
        ];
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

  router.post('/tenants/:tenant/apps/:app/runs', async (req, res) => {
    const { tenant, app } = req.params;
    const begun = await caller.change(
      req,
      'run-begin',
      { tenant, app, environment: String(req.body?.environment) },
      async person => {
        apps.get(person, tenant, app);
        const wanted = parse(newRun, req.body);
        await requireRun(req, tenant, wanted.environment);
        return runs.begin(person, tenant, app, wanted);
      },
    );
    res.status(201).json(begun);
  });

  router.post(
    '/tenants/:tenant/apps/:app/runs/:run/cancellation',
    async (req, res) => {
      const { tenant, app, run } = req.params;
      const cancelled = await caller.change(
        req,
        'run-cancel',
        { tenant, app, run },
        async person => {
          const { spec } = runs.get(person, tenant, app, run);
          await requireRun(req, tenant, spec.environment);
          return runs.cancel(person, tenant, app, run);
        },
      );
      res.json(cancelled);
    },
  );
  return router;
}
