import { findCondition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatInstants } from '@bailiwick/backstage-plugin-bailiwick-react';

/** One sentence on how a tenant is. */
export function tenantStatusMessage({ status }: TenantView): string {
  return formatInstants(
    findCondition(status, 'Ready')?.message ?? 'Being set up',
  );
}
