import {
  grantClients,
  grantRestrictionsSchema,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  grantCreatePermission,
  grantReadPermission,
  grantRevokePermission,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { appResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import type { GrantService } from './GrantService';

const newGrant = z.strictObject({
  ...grantRestrictionsSchema.shape,
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

  router.get(path, async (req, res) => {
    const { tenant, app } = req.params;
    const person = await authorizer.authenticate(req);
    await authorizer.requireForApp(req, grantReadPermission, tenant, app);
    const permits = await authorizer.permits(
      req,
      grantRevokePermission,
      appResourceRef,
    );
    const isPermitted = permits(resources.findApp(tenant, app));
    const found = await grants.list(person, tenant, app);
    const items = found.map(grant => ({
      ...grant,
      canRevoke: isPermitted && grant.canRevoke,
    }));
    res.json({ items });
  });

  router.post(
    path,
    authorizer.answerAudited(
      'grant-create',
      async (person, req) => {
        const { tenant, app } = req.params;
        await authorizer.requireForApp(req, grantCreatePermission, tenant, app);
        return grants.create(person, tenant, app, parse(newGrant, req.body));
      },
      { status: 201 },
    ),
  );

  router.delete(
    `${path}/:grant`,
    authorizer.answerAudited('grant-revoke', async (person, req) => {
      const { tenant, app, grant } = req.params;
      await authorizer.requireForApp(req, grantRevokePermission, tenant, app);
      return grants.revoke(person, tenant, grant);
    }),
  );
  return { router };
}
