import {
  mayRead,
  roleIn,
  tenantReadPermission,
  type Person,
  type Tenant,
  type TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  tenantResourceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import type { Caller } from '../http';
import { answerList } from '../live';

/** A tenant as a person sees it, `undefined` when they may not. */
function viewTenant(tenant: Tenant, person: Person): TenantView | undefined {
  return mayRead(tenant, person)
    ? { ...tenant, myRole: roleIn(tenant, person) }
    : undefined;
}

/** `GET /tenants`, also watched. */
export function createTenantsRouter({
  caller,
  kubernetes,
}: {
  caller: Caller;
  kubernetes: KubernetesService;
}) {
  const router = Router();
  const { tenants } = kubernetes.lists;
  router.get('/tenants', async (req, res) => {
    const person = await caller.person(req);
    const permits = await caller.permits(
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
  return router;
}
