import {
  findCondition,
  type TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** One sentence on how a tenant is. */
export function tenantWhy({ status }: TenantView): string {
  return findCondition(status, 'Ready')?.message ?? 'Being set up';
}
