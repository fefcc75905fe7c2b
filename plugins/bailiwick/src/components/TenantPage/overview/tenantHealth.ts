import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { tenantStatusMessage } from '../facts/tenantStatusMessage';

/** Returns the health of a tenant, why it is not healthy, and the next step if there is one. */
export function tenantHealth(tenant: TenantView): {
  health: Health;
  why?: string;
  next?: string;
} {
  const { metadata, status } = tenant;
  const why = tenantStatusMessage(tenant);
  if (metadata.deletionTimestamp)
    return { health: 'Progressing', why: 'Being deleted' };
  switch (status?.phase) {
    case 'Ready':
      return { health: 'Healthy' };
    case 'Suspended':
    case 'Expired':
      return {
        health: 'Suspended',
        why,
        next: 'Renew the tenant to start its apps again, or let it be deleted after the grace period.',
      };
    default:
      return {
        health: 'Progressing',
        why,
        next: 'Wait a moment. The conditions below show what is missing.',
      };
  }
}
