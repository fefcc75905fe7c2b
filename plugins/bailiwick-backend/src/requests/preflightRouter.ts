import { NotAllowedError } from '@backstage/errors';
import {
  tenantCreatePermission,
  tenantRequestSchema,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Authorizer } from '../authorization';
import { parse } from '../http';
import { preflightTenant } from './preflightTenant';
import { tenantNameProblems, type TenantCheckServices } from './tenantProblems';

/** Name of a request, as Kubernetes limits names. */
export const requestName = z.string().max(253);

const { name: nameSchema, spec: specSchema } = tenantRequestSchema.shape;
const wanted = z.strictObject({
  name: nameSchema,
  spec: specSchema.optional(),
  replaces: requestName.optional(),
});

/** `POST /requests/preflight`: predicts the result of a request; changes nothing. */
export function createPreflightRouter({
  authorizer,
  ...services
}: TenantCheckServices & { authorizer: Authorizer }) {
  const router = Router();

  /** Returns why the portal's policy does not let the person request a tenant, `undefined` when it does. */
  async function refusalFor(req: Request): Promise<string | undefined> {
    try {
      await authorizer.require(req, tenantCreatePermission);
      return undefined;
    } catch (error) {
      if (error instanceof NotAllowedError) return error.message;
      throw error;
    }
  }

  router.post('/requests/preflight', async (req, res) => {
    const person = await authorizer.authenticate(req);
    const { name, replaces, spec } = parse(wanted, req.body);
    if (!spec) {
      res.json({ problems: tenantNameProblems(services, name, replaces) });
      return;
    }
    const view = await preflightTenant(services, person, {
      name,
      replaces,
      spec,
    });
    const refusal = (await refusalFor(req)) ?? view.refusal;
    res.json({ ...view, refusal });
  });
  return router;
}
