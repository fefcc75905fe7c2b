import { grantCreatePermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import Router from 'express-promise-router';
import type { Feature, FeatureContext } from '../feature';
import { PreviewService } from './PreviewService';

/** `GET …/functions/:fn/preview`: the first rows of a function, for people who may create a token for all of them. */
export function createPreviewFeature(context: FeatureContext): Feature {
  const { apps, authorizer } = context;
  const router = Router();
  const previews = new PreviewService(context);

  router.get(
    '/tenants/:tenant/apps/:app/environments/:environment/functions/:fn/preview',
    async (req, res) => {
      const { tenant, app, environment, fn } = req.params;
      const person = await authorizer.authenticate(req);
      apps.getIn(person, tenant, app, environment);
      await authorizer.requireForApp(req, grantCreatePermission, tenant, app);
      const place = { tenant, app, environment };
      res.json(await previews.preview(person, place, fn));
    },
  );
  return { router };
}
