import { appRunPermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import Router from 'express-promise-router';
import { z } from 'zod';
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
}: FeatureContext): Feature {
  const router = Router();
  const service = new RunService({ apps, kubernetes });

  router.post(
    '/tenants/:tenant/apps/:app/runs',
    authorizer.answerAudited(
      'run-begin',
      async (person, req) => {
        const { tenant, app } = req.params;
        apps.get(person, tenant, app);
        const wanted = parse(newRun, req.body);
        const { environment } = wanted;
        await authorizer.requireIn(req, appRunPermission, tenant, environment);
        return service.start(person, tenant, app, wanted);
      },
      {
        meta: ({ body, params }) => ({
          ...params,
          environment: String(body?.environment),
        }),
        status: 201,
      },
    ),
  );

  router.post(
    '/tenants/:tenant/apps/:app/runs/:run/cancellation',
    authorizer.answerAudited('run-cancel', async (person, req) => {
      const { tenant, app, run } = req.params;
      const { environment } = service.get(person, tenant, app, run).spec;
      await authorizer.requireIn(req, appRunPermission, tenant, environment);
      return service.cancel(person, tenant, app, run);
    }),
  );
  return { router };
}
