import { grantCreatePermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Feature, FeatureContext } from '../feature';
import { jsonParameters, parse } from '../http';
import { PreviewService } from './PreviewService';

const query = z.object({ parameters: jsonParameters.optional() });

/**
 * `GET …/functions/:fn/preview`: the first rows of a function, for people who can create a token.
 * `parameters` are values as a JSON object.
 */
export function createPreviewFeature(context: FeatureContext): Feature {
  const { apps, authorizer } = context;
  const router = Router();
  const previews = new PreviewService(context);

  router.get(
    '/tenants/:tenant/apps/:app/environments/:environment/functions/:fn/preview',
    async (req, res) => {
      const { tenant, app, environment, fn } = req.params;
      const person = await authorizer.authenticate(req);
      apps.getReadable(person, tenant, { app, environment, fn });
      await authorizer.requireForApp(req, grantCreatePermission, tenant, app);
      const place = { tenant, app, environment };
      const { parameters } = parse(query, req.query);
      res.json(await previews.preview(person, place, fn, parameters));
    },
  );
  return { router };
}
