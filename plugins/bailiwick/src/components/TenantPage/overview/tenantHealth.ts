import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { tenantStatusMessage } from '../facts/tenantStatusMessage';

/** Returns the health of a tenant, with the reason and the next step. */
export function tenantHealth(tenant: TenantView): {
  health: Health;
  why: string;
  next: string;
} {
  const { metadata, status } = tenant;
  const why = tenantStatusMessage(tenant);
  if (metadata.deletionTimestamp)
    return {
      health: 'Progressing',
      why: 'Being deleted',
      next: 'None',
    };
  switch (status?.phase) {
    case 'Ready':
      return { health: 'Healthy', why, next: 'None' };
    case 'Suspended':
    case 'Expired':
      return { health: 'Suspended', why, next: 'Renew it or let it expire.' };
    default:
      return {
        health: 'Progressing',
        why,
        next: 'Wait a moment. The conditions below show what is missing.',
      };
  }
}
