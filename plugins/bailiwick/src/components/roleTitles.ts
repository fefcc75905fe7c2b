// Titles of the roles in a tenant.
import type { TenantRole } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** What pages call each role. */
export const roleTitles: Record<TenantRole, string> = {
  owner: 'Owner',
  builder: 'Builder',
  viewer: 'Viewer',
};
