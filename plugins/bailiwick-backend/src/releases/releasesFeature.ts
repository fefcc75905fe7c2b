import {
  promotionSchema,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appPromotePermission,
  tenantRequestSchema,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import type { RequestService } from '../requests/RequestService';
import { followDraft, setSettings } from './environmentChanges';
import { PromotionService } from './PromotionService';
import { ReleaseService } from './ReleaseService';
import { viewRelease } from './viewRelease';

const newRelease = z.strictObject({
  environment: z.string().max(20),
  format: z.enum(['image']).optional(),
});

const newPromotion = promotionSchema.extend({
  reason: tenantRequestSchema.shape.reason,
  expected: z.string().max(63).nullable().optional(),
});

const newSettings = z.strictObject({
  parameters: z.record(z.string(), z.unknown()),
});

const withEnvironment = ({ body, params }: Request) => ({
  ...params,
  environment: String(body?.environment),
});

/** Publishes and promotes releases, and changes the settings of environments. */
export function createReleasesFeature({
  apps,
  authorizer,
  kubernetes,
  requests,
}: FeatureContext & {
  requests: RequestService;
}): Feature {
  const router = Router();
  const releases = new ReleaseService({ kubernetes });
  const promotions = new PromotionService({
    apps,
    kubernetes,
    releases,
    requests,
  });
  const base = '/tenants/:tenant/apps/:app';

  const requirePromote = (req: Request, tenant: string, environment: string) =>
    authorizer.requireIn(req, appPromotePermission, tenant, environment);

  router.post(
    `${base}/releases`,
    authorizer.answerAudited(
      'app-publish',
      async (person, req) => {
        const { tenant, app } = req.params;
        const found = apps.get(person, tenant, app);
        const { environment, format } = parse(newRelease, req.body);
        await requirePromote(req, tenant, environment);
        return viewRelease(
          await releases.publish(person, found, environment, format),
        );
      },
      { status: 201 },
    ),
  );

  router.post(
    `${base}/promotions/preflight`,
    authorizer.answerAudited(
      'app-promote-preflight',
      async (person, req) => {
        const { tenant, app } = req.params;
        apps.get(person, tenant, app);
        const wanted = parse(promotionSchema, req.body);
        await requirePromote(req, tenant, wanted.environment);
        return promotions.check(person, tenant, app, wanted);
      },
      { meta: withEnvironment },
    ),
  );

  router.post(`${base}/promotions`, async (req, res) => {
    const { tenant, app } = req.params;
    const promotion = await authorizer.runAudited(
      req,
      'app-promote',
      withEnvironment(req),
      async person => {
        apps.get(person, tenant, app);
        const wanted = parse(newPromotion, req.body);
        await requirePromote(req, tenant, wanted.environment);
        return promotions.promote(person, tenant, app, wanted);
      },
    );
    res.status('request' in promotion ? 201 : 200).json(promotion);
  });

  /** Changes an environment of an app and answers the changed app. */
  const changeEnvironment = (
    eventId: string,
    change: (
      person: Person,
      place: { app: AppView; environment: string },
      req: Request,
    ) => Promise<App>,
  ) =>
    authorizer.answerAudited(eventId, async (person, req) => {
      const { tenant, app, environment } = req.params;
      const found = apps.get(person, tenant, app);
      await requirePromote(req, tenant, environment);
      const place = { app: found, environment };
      return apps.view(await change(person, place, req), person);
    });

  router.put(
    `${base}/environments/:environment/settings`,
    changeEnvironment('app-settings', async (person, place, req) => {
      const { parameters } = parse(newSettings, req.body);
      return setSettings(kubernetes, person, place, parameters);
    }),
  );

  router.put(
    `${base}/environments/:environment/draft`,
    changeEnvironment('app-follow', (person, place) =>
      followDraft(kubernetes, person, place),
    ),
  );
  return { router };
}
