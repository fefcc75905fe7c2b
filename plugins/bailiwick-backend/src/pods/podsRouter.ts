import {
  appOperatePermission,
  appTerminalPermission,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  environmentResourceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { cordonRefusal, requireAppRead, type Resources } from '../access';
import type { AppService } from '../apps';
import { parse, refusalOf, type Caller } from '../http';
import type { OperationService, Place } from './OperationService';
import type { VerbService } from './VerbService';
import { createTerminalRouter } from './terminal';
import { createLogRouter } from './log';
import { createMetricsRouter, type Prometheus } from './metrics';

const suspension = z.strictObject({ suspended: z.boolean() });

const wantedVerb = z.strictObject({
  parameters: z.record(z.string(), z.unknown()).default({}),
});

const replicas = z
  .strictObject({
    min: z.int().min(1, 'must be at least 1; pause the app instead').max(100),
    max: z.int().min(1).max(100),
  })
  .refine(({ max, min }) => min <= max, {
    path: ['min'],
    message: 'must not be greater than max',
  });

type EnvironmentPermission = typeof appOperatePermission;

const base = '/tenants/:tenant/apps/:app/environments/:environment';

/** What runs of an app in one environment: restart, pause, scale, logs. */
export function createPodsRouter({
  apps,
  caller,
  kubernetes,
  operations,
  prometheus,
  resources,
  verbs,
}: {
  apps: AppService;
  caller: Caller;
  kubernetes: KubernetesService;
  operations: OperationService;
  prometheus?: Prometheus;
  resources: Resources;
  verbs: VerbService;
}) {
  const router = Router();

  const requireRead = async (req: Request, person: Person) => {
    const { tenant, app, environment } = req.params;
    apps.getIn(person, tenant, app, environment);
    await requireAppRead({ caller, resources }, req, tenant, app);
  };

  /** Changes what runs, when the portal's policy lets the person. */
  const operate = (
    req: Request,
    eventId: string,
    act: (person: Person, place: Place) => Promise<unknown>,
  ) => {
    const { tenant, app, environment } = req.params;
    const place = { tenant, app, environment };
    const { verb } = req.params;
    const meta = { ...place, ...(verb && { verb }) };
    return caller.change(req, eventId, meta, async person => {
      apps.get(person, tenant, app);
      const resource = resources.environment(tenant, environment);
      // What is not there is told by name.
      if (resource)
        await caller.requireFor(
          req,
          appOperatePermission,
          environmentResourceRef,
          resource,
        );
      return act(person, place);
    });
  };

  router.get(`${base}/rights`, async (req, res) => {
    const person = await caller.person(req);
    await requireRead(req, person);
    const { tenant, environment } = req.params;
    const resource = resources.environment(tenant, environment);
    const right = async (permission: EnvironmentPermission) => {
      const permits = await caller.permits(
        req,
        permission,
        environmentResourceRef,
      );
      const refusal = permits(resource)
        ? cordonRefusal(resource?.tenant, person)
        : refusalOf(permission);
      return refusal ? { refusal } : {};
    };
    res.json({
      protected: resource?.environment.protected ?? false,
      operate: await right(appOperatePermission),
      terminal: await right(appTerminalPermission),
    });
  });

  router.post(`${base}/restart`, async (req, res) => {
    res.json(
      await operate(req, 'app-restart', (person, place) =>
        operations.restart(person, place),
      ),
    );
  });

  router.post(`${base}/suspension`, async (req, res) => {
    res.json(
      await operate(req, 'app-suspend', async (person, place) => {
        const { suspended } = parse(suspension, req.body);
        return operations.suspend(person, place, suspended);
      }),
    );
  });

  router.post(`${base}/scale`, async (req, res) => {
    res.json(
      await operate(req, 'app-scale', async (person, place) =>
        operations.scale(person, place, parse(replicas, req.body)),
      ),
    );
  });

  router.post(`${base}/verbs/:verb`, async (req, res) => {
    res.json(
      await operate(req, 'app-verb', async (person, place) => {
        const { parameters } = parse(wantedVerb, req.body ?? {});
        return verbs.act(person, place, req.params.verb, parameters);
      }),
    );
  });

  router.use(createLogRouter({ apps, caller, kubernetes, resources }));
  router.use(
    createMetricsRouter({ apps, caller, kubernetes, prometheus, resources }),
  );
  router.use(createTerminalRouter({ apps, caller, kubernetes, resources }));
  return router;
}
