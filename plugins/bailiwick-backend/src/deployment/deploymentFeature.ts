import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import { isNamespaceOf } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import Router from 'express-promise-router';
import type { Feature, FeatureContext } from '../feature';
import { answerValue } from '../live';
import { viewDeployment } from './viewDeployment';

/** `GET /tenants/:tenant/apps/:app`, also watched: everything that the Deploy tab shows of an app. */
export function createDeploymentFeature({
  apps,
  authorizer,
  kubernetes,
}: FeatureContext): Feature {
  const router = Router();
  const { lists } = kubernetes;

  router.get('/tenants/:tenant/apps/:app', async (req, res) => {
    const { tenant, app } = req.params;
    const person = await authorizer.authenticate(req);
    apps.get(person, tenant, app);
    await authorizer.requireAppRead(req, tenant, app);
    answerValue(req, res, {
      freshness: kubernetes,
      read: () => viewDeployment(apps.get(person, tenant, app), lists),
      subscribe: listener => {
        const {
          apps: watched,
          builds,
          events,
          grants,
          packs,
          pods,
          releases,
          requests,
          runs,
          tenants,
          workspaces,
        } = lists;
        // Most changes concern other tenants.
        const own = ({ object }: { object: KubeObject }) => {
          if (isNamespaceOf(tenant, object.metadata.namespace)) listener();
        };
        const stops = [
          ...[
            watched,
            builds,
            events,
            grants,
            pods,
            releases,
            runs,
            workspaces,
          ].map(list => list.subscribe(own)),
          ...[packs, requests, tenants].map(list => list.subscribe(listener)),
        ];
        return () => stops.forEach(stop => stop());
      },
    });
  });
  return { router };
}
