import {
  maxAccessDays,
  maxAccesses,
  type App,
  type Proposal,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { shortEntityRef } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Action, Work } from './Action';
import { existingTenant } from './existingTenant';
import { proposalOf } from './proposedSpec';
import { ActionFailedError } from './ActionFailedError';

const dayMs = 86_400_000;

/**
 * Grants a person without membership read access to an app in one environment. The approved request is the record: the
 * controller of tenants copies it to the status of the tenant until it expires or is revoked.
 */
export const grantAccess: Action = {
  check(work) {
    const { expiresAt } = read(work);
    const latest = work.now.getTime() + maxAccessDays * dayMs;
    if (Date.parse(expiresAt) > latest)
      throw new ActionFailedError(
        `Access can be requested for ${maxAccessDays} days at most; choose an earlier expiry`,
      );
    return undefined;
  },

  async carryOut(work) {
    const { environment, expiresAt } = read(work);
    const { requestedBy, target } = work.request.spec;
    return {
      done: `${shortEntityRef(requestedBy)} can read ${
        target.name
      } in ${environment} until ${expiresAt}`,
    };
  },
};

/** Reads and checks the proposal. @throws ActionFailedError when this access cannot be granted to anyone */
function read(work: Work): Proposal<'grantAccess'> {
  const { name: tenant } = existingTenant(work);
  const { facts, now, request } = work;
  const proposal = proposalOf('grantAccess', request);
  const { environment, expiresAt, functions = [] } = proposal;
  const { name } = request.spec.target;
  const app = sameApp(work);
  if (!app)
    throw new ActionFailedError(
      `App "${name}" was not found in tenant "${tenant}"`,
    );
  const environments = app.spec.environments.map(one => one.name);
  if (!environments.includes(environment))
    throw new ActionFailedError(
      `App "${name}" is not deployed in "${environment}"; available: ${environments.join(
        ', ',
      )}`,
    );
  const unknown = functions.filter(
    fn => !functionsIn(app, environment).includes(fn),
  );
  if (unknown.length > 0)
    throw new ActionFailedError(
      `App "${name}" has no function ${unknown.join(', ')} in ${environment}`,
    );
  if (!(Date.parse(expiresAt) > now.getTime()))
    throw new ActionFailedError(
      `The access would have expired on ${expiresAt}; send a new request with a later expiry`,
    );
  if ((facts.tenant?.status?.access?.length ?? 0) >= maxAccesses)
    throw new ActionFailedError(
      `Tenant "${tenant}" has ${maxAccesses} people with access already; an owner can revoke some`,
    );
  return proposal;
}

/** The app that the request is about; `undefined` when it was deleted, or deleted and created again. */
function sameApp({ facts: { app }, request }: Work): App | undefined {
  if (!app || app.metadata.deletionTimestamp) return undefined;
  const asked = request.status?.evidence?.appUid;
  return asked === undefined || asked === app.metadata.uid ? app : undefined;
}

function functionsIn({ status }: App, environment: string): string[] {
  const found = status?.environments?.find(({ name }) => name === environment);
  return (found?.contract?.functions ?? []).map(({ name }) => name);
}
