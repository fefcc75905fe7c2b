import { findCondition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatMessage } from '@bailiwick/backstage-plugin-bailiwick-react';

/** One sentence on how a tenant is. */
export function tenantStatusMessage(tenant: TenantView): string {
  const { metadata, spec, status } = tenant;
  const message = findCondition(status, 'Ready')?.message ?? 'Being set up';
  return formatMessage(message, { [metadata.name]: spec.title });
}
