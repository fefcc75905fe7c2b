import type { Access, Tenant } from '../../kinds/tenant';
import { isMember } from './roles';

/** Days from the request for which access to an app can be requested at most. */
export const longestAccessDays = 365;

/** What someone reads: a function of an app in an environment, or the app as a whole. */
export interface ReadTarget {
  app: string;
  environment: string;
  /** Absent for the app as a whole: its contract, and all functions. */
  fn?: string;
}

/**
 * Returns the accesses of a person without membership that a tenant has at a time.
 *
 * @param user - entity reference of the person
 */
export function accessesOf(
  tenant: Pick<Tenant, 'status'>,
  user: string,
  now: Date,
): Access[] {
  return (tenant.status?.access ?? []).filter(
    access =>
      access.user === user && Date.parse(access.expiresAt) > now.getTime(),
  );
}

/** Whether an access covers what someone reads. */
export function coversTarget(access: Access, target: ReadTarget): boolean {
  return (
    access.app === target.app &&
    access.environment === target.environment &&
    (target.fn === undefined ||
      access.functions === undefined ||
      access.functions.includes(target.fn))
  );
}

/**
 * Whether a tenant still names the one on whom a grant rests: as an owner or member, or as a person with access to what
 * is read. The one rule by which tokens end with a membership, a revocation or an expiry.
 *
 * @param subject - `spec.membership` of the grant
 */
export function canReadAs(
  tenant: Pick<Tenant, 'spec' | 'status'>,
  subject: string,
  target: ReadTarget,
  now: Date,
): boolean {
  return (
    isMember(tenant, subject) ||
    accessesOf(tenant, subject, now).some(access =>
      coversTarget(access, target),
    )
  );
}
