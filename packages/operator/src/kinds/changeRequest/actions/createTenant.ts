import { isAlreadyExists } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  readProposal,
  tenantKind,
  tenantNameLookAlike,
  tenantNameTaken,
  type Tenant,
  type TenantEnvironment,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { fieldManager } from '../../../names';
import type { Action, Work } from './Action';
import { proposedSpec } from './proposedSpec';
import { refuse, ActionFailedError } from './ActionFailedError';

/** Creates the tenant with the proposed spec. */
export const createTenant: Action = {
  check(work) {
    specOf(work);
    return undefined;
  },

  async carryOut(work, { caches }) {
    const { request, signal } = work;
    const { name } = request.spec.target;
    const { apiVersion, kind } = tenantKind;
    // The next request is judged with this tenant in the cache.
    const tenants = caches.tenants.resource;
    const spec = specOf(work);
    const made = { [annotations.changeRequest]: request.metadata.uid ?? '' };
    try {
      await tenants.create(
        { apiVersion, kind, metadata: { name, annotations: made }, spec },
        { fieldManager, signal },
      );
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      // The response to an earlier attempt may have been lost.
      const existing = await tenants.get(name, { signal });
      if (!isResultOf(existing, request)) throw taken(name);
    }
    return { done: `Tenant ${name} was created` };
  },
};

function specOf({ request, facts, now }: Work): TenantSpec {
  const { target, proposed } = request.spec;
  const { tenant } = facts;
  if (tenant && !isResultOf(tenant, request)) throw taken(target.name);
  if (!tenant && facts.similarName)
    throw new ActionFailedError(tenantNameLookAlike(facts.similarName));
  refuse(facts.missingClusters(environmentsOf(proposed)));
  return proposedSpec(target.name, proposed, facts.plan, now);
}

function environmentsOf({
  environments,
}: Record<string, unknown>): TenantEnvironment[] {
  const { proposal } = readProposal('setEnvironments', { environments });
  return proposal && 'environments' in proposal ? proposal.environments : [];
}

function taken(name: string): ActionFailedError {
  return new ActionFailedError(tenantNameTaken(name));
}

function isResultOf(
  tenant: Tenant,
  request: { metadata: { uid?: string } },
): boolean {
  return (
    tenant.metadata.annotations?.[annotations.changeRequest] ===
    request.metadata.uid
  );
}
