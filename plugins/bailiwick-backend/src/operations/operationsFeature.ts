import {
  appOperatePermission,
  appTerminalPermission,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { environmentResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { cordonRefusal, permissionRefusal, requireAppRead } from '../access';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { CustomActionService } from './CustomActionService';
import { OperationService, type Place } from './OperationService';

const suspension = z.strictObject({ suspended: z.boolean() });

const actionInput = z.strictObject({
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

/** Restarts, pauses, resumes and scales an app in one environment, and runs its custom actions. */
export function createOperationsFeature({
  apps,
  authorizer,
  kubernetes,
  resources,
}: FeatureContext): Feature {
  const router = Router();
  const operations = new OperationService({ apps, kubernetes });
  const actions = new CustomActionService({ apps, kubernetes });

  const requireRead = async (req: Request, person: Person) => {
    const { tenant, app, environment } = req.params;
    apps.getIn(person, tenant, app, environment);
    await requireAppRead({ authorizer, resources }, req, tenant, app);
  };

  /** Runs an audited operation that the portal's policy grants to the person. */
  const operate = (
    req: Request,
    eventId: string,
    act: (person: Person, place: Place) => Promise<unknown>,
  ) => {
    const { tenant, app, environment } = req.params;
    const place = { tenant, app, environment };
    const { verb } = req.params;
    const meta = { ...place, ...(verb && { verb }) };
    return authorizer.runAudited(req, eventId, meta, async person => {
      apps.get(person, tenant, app);
      const resource = resources.environment(tenant, environment);
      // The service reports an unknown environment by name.
      if (resource)
        await authorizer.requireFor(
          req,
          appOperatePermission,
          environmentResourceRef,
          resource,
        );
      return act(person, place);
    });
  };

  router.get(`${base}/rights`, async (req, res) => {
    const person = await authorizer.authenticate(req);
    await requireRead(req, person);
    const { tenant, environment } = req.params;
    const resource = resources.environment(tenant, environment);
    const right = async (permission: EnvironmentPermission) => {
      const permits = await authorizer.permits(
        req,
        permission,
        environmentResourceRef,
      );
      const refusal = permits(resource)
        ? cordonRefusal(resource?.tenant, person)
        : permissionRefusal(permission);
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
        const { parameters } = parse(actionInput, req.body ?? {});
        return actions.run(person, place, req.params.verb, parameters);
      }),
    );
  });
  return { router };
}
