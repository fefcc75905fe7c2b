import {
  tenantOfHome,
  type Grant,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { canReadAs } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { NotAllowedError } from '../errors';

/** Subject of a request. */
export interface Target {
  tenant: string;
  environment: string;
  app: string;
  /** Absent where the request is about the app as a whole. */
  fn?: string;
}

/** Returns what a grant is for. */
export function targetOf({ metadata, spec }: Grant): Target {
  const tenant = tenantOfHome(metadata.namespace ?? '') ?? '';
  return { tenant, app: spec.app, environment: spec.environment ?? '' };
}

/** Source of tenants. */
export interface TenantDirectory {
  findTenant(name: string): Tenant | undefined;
}

/**
 * Checks that a grant covers a request, and that its `membership`, if set, can still read. A person who leaves a group
 * that is a member of the tenant keeps the access, because the gateway does not know the members of groups.
 *
 * @throws NotAllowedError with the scope of the token, or the ended membership or access
 */
export function authorizeGrant(
  { metadata, spec }: Grant,
  target: Target,
  tenants: TenantDirectory,
  now: Date = new Date(),
): void {
  if (spec.client === 'git') {
    throw new NotAllowedError(
      `This token is for the git repository of ${spec.app}; create a token for results`,
    );
  }
  const tenant = tenantOfHome(metadata.namespace ?? '');
  const isSameApp =
    tenant === target.tenant &&
    spec.app === target.app &&
    spec.environment === target.environment;
  if (!isSameApp) {
    throw new NotAllowedError(
      `This token is for ${tenant}/${spec.environment}/${spec.app}, ` +
        `not for ${target.tenant}/${target.environment}/${target.app}; correct the address, or create a token for it`,
    );
  }
  if (spec.membership) {
    const found = tenants.findTenant(target.tenant);
    if (!found || !canReadAs(found, spec.membership, target, now)) {
      throw new NotAllowedError(
        `This token became invalid when ${spec.membership} left ${target.tenant} or lost access to ${target.app}. Request access on the API's page, or contact an owner of the tenant`,
      );
    }
  }
  if (target.fn && spec.functions && !spec.functions.includes(target.fn)) {
    throw new NotAllowedError(
      `This token is for ${spec.functions.join(', ')}, not for ${
        target.fn
      }; create a token for this function`,
    );
  }
}

/** Whether {@link authorizeGrant} passes. */
export function grantAllows(
  grant: Grant,
  target: Target,
  tenants: TenantDirectory,
): boolean {
  try {
    authorizeGrant(grant, target, tenants);
    return true;
  } catch (error) {
    if (error instanceof NotAllowedError) return false;
    throw error;
  }
}
