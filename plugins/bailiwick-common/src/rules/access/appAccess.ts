import type { Access, Tenant } from '../../kinds/tenant';
import { isMember } from './roles';

/** Target of a read: a function of an app in an environment, or the app as a whole. @public */
export interface ReadTarget {
  app: string;
  environment: string;
  /** Absent for the app as a whole: its contract, and all functions. */
  fn?: string;
}

/**
 * Returns the valid accesses of a person without membership.
 *
 * @param user - entity reference of the person
 * @public
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

/** Whether an access covers a target. @public */
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
 * Whether a grant is still valid for its tenant: the tenant names its subject as an owner or member, or as a person
 * with access to the target. This is the only rule by which tokens end with a membership, a revocation or an expiry.
 *
 * @param subject - `spec.membership` of the grant
 * @public
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
