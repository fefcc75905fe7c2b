import type { Tenant, TenantRole } from '../../kinds/tenant';
import { tenantRoles } from '../../kinds/tenant';

/**
 * Group of platform engineers, who see every tenant and decide requests. Roles and admission policies in the cluster
 * name it; a portal with another group maps it with {@link withPlatformGroup}.
 *
 * @public
 */
export const platformGroup = 'group:default/platform';

/** A person as Kubernetes and the portal know them: entity references. @public */
export interface Person {
  /** Entity reference, such as `user:default/bea`. */
  user: string;
  /** Entity references of all groups, direct and inherited. */
  groups: string[];
}

/**
 * Maps entity references so that exactly the members of the portal's own platform group are in {@link platformGroup}.
 *
 * @param refs - entity references of a person and their groups
 * @param group - entity reference of the portal's own platform group
 * @public
 */
export function withPlatformGroup(
  refs: readonly string[],
  group: string = platformGroup,
): string[] {
  const others = refs.filter(ref => ref !== platformGroup);
  return refs.includes(group) ? [...others, platformGroup] : others;
}

/** Whether a person runs the platform. @public */
export function isPlatformEngineer(person: Person): boolean {
  return person.groups.includes(platformGroup);
}

/** The most powerful role a person has in a tenant, `undefined` for none. @public */
export function roleIn(
  tenant: Pick<Tenant, 'spec'>,
  person: Person,
): TenantRole | undefined {
  const subjects = [person.user, ...person.groups];
  if (tenant.spec.owners.some(owner => subjects.includes(owner))) {
    return 'owner';
  }
  const roles = (tenant.spec.members ?? [])
    .filter(member => subjects.includes(member.subject))
    .map(member => member.role);
  return tenantRoles.find(role => roles.includes(role));
}

/**
 * Returns the owner or member of a tenant from which a person derives the membership: the person if named, otherwise
 * one of their groups; `undefined` for none.
 *
 * @public
 */
export function membershipIn(
  tenant: Pick<Tenant, 'spec'>,
  person: Person,
): string | undefined {
  return [person.user, ...person.groups].find(subject =>
    isMember(tenant, subject),
  );
}

/** Whether a tenant names a user or a group as one of its owners or members. @public */
export function isMember(
  tenant: Pick<Tenant, 'spec'>,
  subject: string,
): boolean {
  return roleIn(tenant, { user: subject, groups: [] }) !== undefined;
}

/** Whether a person can see a tenant and its apps. @public */
export function canRead(tenant: Pick<Tenant, 'spec'>, person: Person): boolean {
  return isPlatformEngineer(person) || roleIn(tenant, person) !== undefined;
}

/** Whether a role may create and change apps. @public */
export function canBuildAs(role: TenantRole | undefined): boolean {
  return role === 'owner' || role === 'builder';
}

/** Whether a person may create and change apps of a tenant. @public */
export function canBuild(
  tenant: Pick<Tenant, 'spec'>,
  person: Person,
): boolean {
  return canBuildAs(roleIn(tenant, person));
}
