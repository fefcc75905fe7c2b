// Titles of the roles in a tenant.
import type { TenantRole } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Labels of roles. */
export const roleTitles: Record<TenantRole, string> = {
  owner: 'Owner',
  builder: 'Builder',
  viewer: 'Viewer',
};
