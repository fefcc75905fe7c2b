import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useFilters } from '../filters';
import { tenantFilters } from './tenantFilters';

/** The filters of the list of tenants: questions about each, and a plan. */
export function useTenantFilters() {
  const filters = useFilters(tenantFilters, ['plan']);
  const plan = filters.valueOf('plan');
  return {
    ...filters,
    plan,
    setPlan: (name: string) => filters.set('plan', name),
    fits: (tenant: TenantView) =>
      (plan === '' || tenant.spec.plan === plan) && filters.fits(tenant),
  };
}
