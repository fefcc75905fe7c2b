import { canarySchema } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appOperatePermission,
  appTerminalPermission,
  cordonRefusal,
  isPlatformEngineer,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { EnvironmentPlace } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { environmentResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { refusalSentence } from '../authorization';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { OperationService } from './OperationService';
import { runCustomAction } from './runCustomAction';

const suspension = z.strictObject({ suspended: z.boolean() });

const actionInput = z.strictObject({
  parameters: z.record(z.string(), z.unknown()).default({}),
});

const scale = z
  .strictObject({
    min: z.int().min(1, 'must be at least 1; pause the app instead').max(100),
    max: z.int().min(1).max(100),
    scaleToZeroMinutes: z.int().min(5).max(10_080).nullable().optional(),
  })
  .refine(({ max, min }) => min <= max, {
    path: ['min'],
    message: 'must not be greater than max',
  });

const ownAddress = z.strictObject({ address: z.boolean() });

const canary = z.strictObject({ canary: canarySchema.nullable() });

type EnvironmentPermission = typeof appOperatePermission;

const base = '/tenants/:tenant/apps/:app/environments/:environment';

/** Restarts, pauses, resumes and scales an app in one environment, sets canary releases and addresses, and runs its custom actions. */
export function createOperationsFeature({
  apps,
  authorizer,
  kubernetes,
  resources,
}: FeatureContext): Feature {
  const router = Router();
  const services = { apps, kubernetes };
  const operations = new OperationService(services);

  /** Responds with the result of an audited operation that the portal's policy grants to the person. */
  const operate = (
    eventId: string,
    act: (
      person: Person,
      place: EnvironmentPlace,
      req: Request,
    ) => Promise<unknown>,
  ) =>
    authorizer.answerAudited(eventId, async (person, req) => {
      const { tenant, app, environment } = req.params;
      apps.get(person, tenant, app);
      await authorizer.requireIn(
        req,
        appOperatePermission,
        tenant,
        environment,
      );
      return act(person, { tenant, app, environment }, req);
    });

  router.get(`${base}/rights`, async (req, res) => {
    const person = await authorizer.authenticate(req);
    const { tenant, app, environment } = req.params;
    apps.getIn(person, tenant, app, environment);
    await authorizer.requireAppRead(req, tenant, app);
    const resource = resources.environment(tenant, environment);
    const right = async (permission: EnvironmentPermission) => {
      const permits = await authorizer.permits(
        req,
        permission,
        environmentResourceRef,
      );
      const cordon = isPlatformEngineer(person)
        ? undefined
        : resource?.tenant?.spec.cordon;
      const refusal = permits(resource)
        ? cordonRefusal(tenant, cordon)
        : refusalSentence(permission, resource?.environment);
      return refusal ? { refusal } : {};
    };
    res.json({
      hasAddresses: operations.hasAddresses,
      protected: resource?.environment.protected ?? false,
      operate: await right(appOperatePermission),
      terminal: await right(appTerminalPermission),
    });
  });

  router.post(
    `${base}/restart`,
    operate('app-restart', (person, place) =>
      operations.restart(person, place),
    ),
  );

  router.post(
    `${base}/suspension`,
    operate('app-suspend', async (person, place, { body }) => {
      const { suspended } = parse(suspension, body);
      return operations.suspend(person, place, suspended);
    }),
  );

  router.post(
    `${base}/scale`,
    operate('app-scale', async (person, place, { body }) =>
      operations.scale(person, place, parse(scale, body)),
    ),
  );

  router.post(
    `${base}/canary`,
    operate('app-canary', async (person, place, { body }) =>
      operations.setCanary(person, place, parse(canary, body).canary),
    ),
  );

  router.post(
    `${base}/address`,
    operate('app-address', async (person, place, { body }) =>
      operations.setAddress(person, place, parse(ownAddress, body).address),
    ),
  );

  router.post(
    `${base}/verbs/:verb`,
    operate('app-verb', async (person, place, { body, params }) => {
      const { parameters } = parse(actionInput, body ?? {});
      return runCustomAction(services, person, place, params.verb, parameters);
    }),
  );
  return { router };
}
