import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  canRead,
  roleIn,
  tenantReadPermission,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { tenantResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import type { Feature, FeatureContext } from '../feature';
import { answerList } from '../live';

/** A tenant as a person sees it, `undefined` when they may not. */
function viewTenant(tenant: Tenant, person: Person): TenantView | undefined {
  return canRead(tenant, person)
    ? { ...tenant, myRole: roleIn(tenant, person) }
    : undefined;
}

/** `GET /tenants`, also watched. */
export function createTenantsFeature({
  authorizer,
  kubernetes,
}: FeatureContext): Feature {
  const router = Router();
  const { tenants } = kubernetes.lists;
  router.get('/tenants', async (req, res) => {
    const person = await authorizer.authenticate(req);
    const permits = await authorizer.permits(
      req,
      tenantReadPermission,
      tenantResourceRef,
    );
    answerList(req, res, {
      freshness: kubernetes,
      list: () => tenants.list(),
      idOf: tenant => tenant.metadata.name,
      view: tenant =>
        permits({ tenant }) ? viewTenant(tenant, person) : undefined,
      subscribe: listener => tenants.subscribe(listener),
    });
  });
  return { router };
}
