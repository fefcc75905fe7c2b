/** Catalog namespace of the groups that contain the members of each tenant. @public */
export const tenantGroupNamespace = 'bailiwick-tenants';

/**
 * Whether a reference is of such a group. These groups give no rights: membership of one tenant must not give rights
 * in another tenant, or in a later tenant with the same name.
 *
 * @public
 */
export function isTenantGroup(reference: string): boolean {
  return reference.startsWith(`group:${tenantGroupNamespace}/`);
}
