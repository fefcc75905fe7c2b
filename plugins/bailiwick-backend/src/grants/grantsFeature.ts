import { grantClients } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  type appResourceType,
  grantCreatePermission,
  grantReadPermission,
  grantRevokePermission,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { appResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import type { GrantService } from './GrantService';

const newGrant = z.strictObject({
  client: z.enum(grantClients),
  environment: z.string().max(20).optional(),
  functions: z.array(z.string().max(100)).max(100).optional(),
  presets: z.record(z.string(), z.unknown()).optional(),
  days: z.int().min(1).max(365).default(90),
});

/** `GET`, `POST` and `DELETE /tenants/:tenant/apps/:app/grants`. */
export function createGrantsFeature({
  authorizer,
  grants,
  resources,
}: FeatureContext & {
  grants: GrantService;
}): Feature {
  const router = Router();
  const path = '/tenants/:tenant/apps/:app/grants';

  const require = (
    req: Request,
    permission: ResourcePermission<typeof appResourceType>,
  ) => {
    const { tenant, app } = req.params;
    const resource = resources.findApp(tenant, app);
    // Kubernetes or the catalog of tenants says in better words what is not there.
    return resource
      ? authorizer.requireFor(req, permission, appResourceRef, resource)
      : undefined;
  };

  router.get(path, async (req, res) => {
    const { tenant, app } = req.params;
    const person = await authorizer.authenticate(req);
    await require(req, grantReadPermission);
    res.json({ items: await grants.list(person, tenant, app) });
  });

  router.post(path, async (req, res) => {
    const { tenant, app } = req.params;
    const issued = await authorizer.runAudited(
      req,
      'grant-create',
      { tenant, app },
      async person => {
        await require(req, grantCreatePermission);
        return grants.create(person, tenant, app, parse(newGrant, req.body));
      },
    );
    res.status(201).json(issued);
  });

  router.delete(`${path}/:grant`, async (req, res) => {
    const { tenant, grant } = req.params;
    await authorizer.runAudited(
      req,
      'grant-revoke',
      { tenant, grant },
      async person => {
        await require(req, grantRevokePermission);
        return grants.revoke(person, tenant, grant);
      },
    );
    res.status(204).end();
  });
  return { router };
}
