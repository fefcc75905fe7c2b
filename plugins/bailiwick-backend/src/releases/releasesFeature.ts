import { promotionSchema } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appPromotePermission,
  tenantRequestSchema,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { requireIn, requireAppRead } from '../access';
import type { Feature, FeatureContext } from '../feature';
import type { RepositoryService } from '../git';
import { parse } from '../http';
import type { RequestService } from '../requests';
import { EnvironmentService } from './EnvironmentService';
import { PromotionService } from './PromotionService';
import { ReleaseService } from './ReleaseService';
import { viewRelease } from './viewRelease';

const newRelease = z.strictObject({ environment: z.string().max(20) });

const newPromotion = promotionSchema.extend({
  reason: tenantRequestSchema.shape.reason,
  overriddenChecks: z.array(z.string().max(60)).max(20).default([]),
  expected: z.string().max(63).nullable().optional(),
});

const newSettings = z.strictObject({
  parameters: z.record(z.string(), z.unknown()),
});

const commit = z.string().regex(/^[0-9a-f]{7,40}$/, 'must be a commit');
const twoCommits = z.object({ from: commit, to: commit });

/** Publishes and promotes releases, and changes the settings of environments. */
export function createReleasesFeature({
  repositories,
  requests,
  ...context
}: FeatureContext & {
  repositories: RepositoryService;
  requests: RequestService;
}): Feature {
  const router = Router();
  const { apps, authorizer, kubernetes } = context;
  const environments = new EnvironmentService({ kubernetes });
  const releases = new ReleaseService({ kubernetes });
  const promotions = new PromotionService({
    apps,
    kubernetes,
    releases,
    requests,
  });

  const requirePromote = (req: Request, tenant: string, environment: string) =>
    requireIn(context, req, appPromotePermission, { tenant, environment });

  router.post('/tenants/:tenant/apps/:app/releases', async (req, res) => {
    const { tenant, app } = req.params;
    const published = await authorizer.runAudited(
      req,
      'app-publish',
      { tenant, app },
      async person => {
        const found = apps.get(person, tenant, app);
        const { environment } = parse(newRelease, req.body);
        await requirePromote(req, tenant, environment);
        return releases.publish(person, found, environment);
      },
    );
    res.status(201).json(viewRelease(published));
  });

  router.post(
    '/tenants/:tenant/apps/:app/promotions/preflight',
    async (req, res) => {
      const { tenant, app } = req.params;
      const outcome = await authorizer.runAudited(
        req,
        'app-promote-preflight',
        { tenant, app, environment: String(req.body?.environment) },
        async person => {
          apps.get(person, tenant, app);
          const wanted = parse(promotionSchema, req.body);
          await requirePromote(req, tenant, wanted.environment);
          return promotions.check(person, tenant, app, wanted);
        },
      );
      res.json(outcome);
    },
  );

  router.post('/tenants/:tenant/apps/:app/promotions', async (req, res) => {
    const { tenant, app } = req.params;
    const promotion = await authorizer.runAudited(
      req,
      'app-promote',
      { tenant, app, environment: String(req.body?.environment) },
      async person => {
        apps.get(person, tenant, app);
        const wanted = parse(newPromotion, req.body);
        await requirePromote(req, tenant, wanted.environment);
        return promotions.promote(person, tenant, app, wanted);
      },
    );
    res.status('request' in promotion ? 201 : 200).json(promotion);
  });

  /** Changes an environment of an app and returns the changed app. */
  const changeEnvironment = (
    what: string,
    change: (
      person: Person,
      req: Request,
    ) => ReturnType<EnvironmentService['set']>,
  ) =>
    async function changed(req: Request) {
      const { tenant, app, environment } = req.params;
      return authorizer.runAudited(
        req,
        what,
        { tenant, app, environment },
        async person => {
          apps.get(person, tenant, app);
          await requirePromote(req, tenant, environment);
          return apps.view(await change(person, req), person);
        },
      );
    };

  const set = changeEnvironment('app-settings', async (person, req) => {
    const { tenant, app, environment } = req.params;
    const { parameters } = parse(newSettings, req.body);
    const found = apps.get(person, tenant, app);
    return environments.set(person, found, environment, parameters);
  });
  router.put(
    '/tenants/:tenant/apps/:app/environments/:environment/settings',
    async (req, res) => {
      res.json(await set(req));
    },
  );

  const follow = changeEnvironment('app-follow', async (person, req) => {
    const { tenant, app, environment } = req.params;
    const found = apps.get(person, tenant, app);
    return environments.follow(person, found, environment);
  });
  router.put(
    '/tenants/:tenant/apps/:app/environments/:environment/draft',
    async (req, res) => {
      res.json(await follow(req));
    },
  );

  router.get('/tenants/:tenant/apps/:app/changes', async (req, res) => {
    const { tenant, app } = req.params;
    const person = await authorizer.authenticate(req);
    apps.get(person, tenant, app);
    await requireAppRead(context, req, tenant, app);
    const { from, to } = parse(twoCommits, req.query);
    res.json(await repositories.compare({ tenant, name: app }, from, to));
  });
  return { router };
}
