import { isPlatformEngineer } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { MeView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Router from 'express-promise-router';
import type { Feature, FeatureContext } from '../feature';

/** `GET /me`: the signed-in person, as Kubernetes sees them. */
export function createMeFeature({ authorizer }: FeatureContext): Feature {
  const router = Router();
  router.get('/me', async (req, res) => {
    const person = await authorizer.authenticate(req);
    const me: MeView = {
      ...person,
      platformEngineer: isPlatformEngineer(person),
    };
    res.json(me);
  });
  return { router };
}
