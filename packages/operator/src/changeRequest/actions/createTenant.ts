import { isAlreadyExists } from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { fieldManager, requestAnnotation } from '../../names';
import { proposedSpec } from '../proposedSpec';
import { RequestFailedError } from '../RequestFailedError';
import type { Action } from './Action';

/** Creates the tenant with the proposed spec. */
export const createTenant: Action = {
  plan({ request, facts, now }) {
    const { target, proposed } = request.spec;
    const { tenant } = facts;
    if (tenant && !isResultOf(tenant, request)) {
      throw new RequestFailedError(
        `A tenant called "${target.name}" exists already`,
      );
    }
    return proposedSpec(target.name, proposed, facts.plan, now);
  },

  async carryOut(work, { client }) {
    const { request, signal } = work;
    const { name } = request.spec.target;
    const { apiVersion, kind } = tenantKind;
    const tenants = client.resource<Tenant>(tenantKind);
    const spec = createTenant.plan(work);
    const annotations = { [requestAnnotation]: request.metadata.uid ?? '' };
    try {
      await tenants.create(
        { apiVersion, kind, metadata: { name, annotations }, spec },
        { fieldManager, signal },
      );
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      // The answer to an earlier attempt may have been lost.
      const existing = await tenants.get(name, { signal });
      if (!isResultOf(existing, request)) {
        throw new RequestFailedError(
          `A tenant called "${name}" exists already`,
        );
      }
    }
    return `The tenant ${name} was created`;
  },
};

function isResultOf(
  tenant: Tenant,
  request: { metadata: { uid?: string } },
): boolean {
  return (
    tenant.metadata.annotations?.[requestAnnotation] === request.metadata.uid
  );
}
