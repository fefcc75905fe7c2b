import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import { ListPage } from '../ListPage';
import { tenantColumns } from './tenantColumns';
import { planChoice, tenantFilters } from './tenantFilters';

/** Where do I belong? */
export function TenantsPage() {
  const tenants = useLiveList<TenantView>('/tenants');
  return (
    <ListPage
      title="Tenants"
      question="Tenants you can see, yours first"
      list={tenants}
      columns={tenantColumns}
      sort={(a, b) => Number(!a.myRole) - Number(!b.myRole)}
      filters={tenantFilters}
      choice={planChoice}
      empty={{
        title: 'No tenants yet',
        text: 'A tenant gives a team environments, members and quotas. Request one to get started.',
      }}
    />
  );
}
