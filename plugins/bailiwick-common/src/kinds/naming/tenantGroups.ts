/** Catalog namespace of the groups that the portal makes of the members of each tenant. */
export const tenantGroupNamespace = 'bailiwick-tenants';

/**
 * Whether a reference is of such a group. It names who is in a tenant and gives no right: what follows
 * from a tenant must not decide who has another one, nor the one that has its name next.
 */
export function isTenantGroup(reference: string): boolean {
  return reference.startsWith(`group:${tenantGroupNamespace}/`);
}
