import { NotFoundError } from '@backstage/errors';
import {
  homeNamespace,
  maxAccessDays,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  accessesOf,
  accessRequestPermission,
  tenantRequestSchema,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppAccessView,
  ReadAccessView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Router from 'express-promise-router';
import { z } from 'zod';
import { readableApp } from '../authorization';
import type { Feature, FeatureContext } from '../feature';
import { parse } from '../http';
import { answerValue } from '../live';
import type { RequestService } from './RequestService';

const newAccess = z.strictObject({
  environment: z.string().max(63),
  functions: z.array(z.string().max(100)).min(1).max(100).optional(),
  days: z.int().min(1).max(maxAccessDays).default(90),
  reason: tenantRequestSchema.shape.reason,
});

/**
 * Read access without membership: `GET /access`, `GET` and `POST /tenants/:tenant/apps/:app/access`. Both lists can
 * also be watched. People see their own access with the functions that it covers, and only those environments of an app in
 * which it has run; its contract is public in the catalog.
 */
export function createAccessFeature({
  authorizer,
  kubernetes,
  requests,
}: FeatureContext & { requests: RequestService }): Feature {
  const router = Router();
  const path = '/tenants/:tenant/apps/:app/access';
  const { apps, tenants } = kubernetes.lists;

  const findApp = (tenant: string, name: string): App => {
    const app = apps.get(name, homeNamespace(tenant));
    if (!app)
      throw new NotFoundError(
        `App "${name}" was not found in tenant "${tenant}"`,
      );
    return app;
  };

  router.get('/access', async (req, res) => {
    const { user } = await authorizer.authenticate(req);
    const read = () => {
      const now = new Date();
      const items = tenants.list().flatMap(tenant =>
        accessesOf(tenant, user, now).map((access): ReadAccessView => {
          const { name } = tenant.metadata;
          const app = apps.get(access.app, homeNamespace(name));
          const title = app?.spec.title ?? access.app;
          return { ...access, tenant: name, title };
        }),
      );
      return { items };
    };
    // The operator derives access from requests into the status of tenants.
    answerValue(req, res, {
      freshness: kubernetes,
      read,
      subscribe: listener => tenants.subscribe(listener),
    });
  });

  router.get(path, async (req, res) => {
    const { tenant: name, app } = req.params;
    const { user } = await authorizer.authenticate(req);
    const read = (): AppAccessView => {
      const found = findApp(name, app);
      const tenant = tenants.get(name);
      const accesses = tenant
        ? accessesOf(tenant, user, new Date()).filter(one => one.app === app)
        : [];
      return {
        environments: (found.status?.environments ?? [])
          .filter(({ contract }) => contract)
          .map(one => one.name),
        accesses,
        readable: readableApp(name, found, accesses),
      };
    };
    findApp(name, app);
    answerValue(req, res, {
      freshness: kubernetes,
      read,
      subscribe: listener => {
        const stops = [
          tenants.subscribe(({ object: { metadata } }) => {
            if (metadata.name === name) listener();
          }),
          apps.subscribe(({ object: { metadata } }) => {
            const isApp =
              metadata.name === app &&
              metadata.namespace === homeNamespace(name);
            if (isApp) listener();
          }),
        ];
        return () => stops.forEach(stop => stop());
      },
    });
  });

  router.post(
    path,
    authorizer.answerAudited(
      'access-request',
      async (person, req) => {
        const { tenant, app } = req.params;
        await authorizer.require(req, accessRequestPermission);
        findApp(tenant, app);
        const wanted = parse(newAccess, req.body);
        return requests.requestAccess(person, tenant, app, wanted);
      },
      { status: 201 },
    ),
  );
  return { router };
}
