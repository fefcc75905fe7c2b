import { appRunPermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { requireIn } from '../access';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { RunService } from './RunService';

const newRun = z.strictObject({
  environment: z.string().max(20),
  parameters: z.record(z.string(), z.unknown()).default({}),
});

/** Starts and cancels runs of apps. */
export function createRunsFeature({
  apps,
  authorizer,
  kubernetes,
  resources,
}: FeatureContext): Feature {
  const router = Router();
  const service = new RunService({ apps, kubernetes });

  const requireRun = (req: Request, tenant: string, environment: string) =>
    requireIn({ authorizer, resources }, req, appRunPermission, {
      tenant,
      environment,
    });

  router.post('/tenants/:tenant/apps/:app/runs', async (req, res) => {
    const { tenant, app } = req.params;
    const started = await authorizer.runAudited(
      req,
      'run-begin',
      { tenant, app, environment: String(req.body?.environment) },
      async person => {
        apps.get(person, tenant, app);
        const wanted = parse(newRun, req.body);
        await requireRun(req, tenant, wanted.environment);
        return service.start(person, tenant, app, wanted);
      },
    );
    res.status(201).json(started);
  });

  router.post(
    '/tenants/:tenant/apps/:app/runs/:run/cancellation',
    async (req, res) => {
      const { tenant, app, run } = req.params;
      const cancelled = await authorizer.runAudited(
        req,
        'run-cancel',
        { tenant, app, run },
        async person => {
          const { spec } = service.get(person, tenant, app, run);
          await requireRun(req, tenant, spec.environment);
          return service.cancel(person, tenant, app, run);
        },
      );
      res.json(cancelled);
    },
  );
  return { router };
}
