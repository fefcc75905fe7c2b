import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common';
import { useSearchParams } from 'react-router-dom';
import { tenantFilters } from './tenantFilters';

/** The filters of the list, which are in the address so that a view can be shared. */
export function useTenantFilters() {
  const [params, setParams] = useSearchParams();
  const plan = params.get('plan') ?? '';
  const chosen = Object.keys(tenantFilters).filter(key => params.has(key));

  const set = (key: string, value: string) =>
    setParams(
      before => {
        const after = new URLSearchParams(before);
        if (value) after.set(key, value);
        else after.delete(key);
        return after;
      },
      { replace: true },
    );

  return {
    plan,
    setPlan: (name: string) => set('plan', name),
    chosen,
    toggle: (key: string) => set(key, chosen.includes(key) ? '' : 'yes'),
    clear: () => setParams({}, { replace: true }),
    fits: (tenant: TenantView) =>
      (plan === '' || tenant.spec.plan === plan) &&
      chosen.every(key => tenantFilters[key].fits(tenant, Date.now())),
  };
}
