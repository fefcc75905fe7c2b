import { useApi } from '@backstage/core-plugin-api';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { ListPage } from '../ListPage';
import { tenantColumns } from './tenantColumns';
import { planChoice, tenantFilters } from './tenantFilters';

/** Lists the reader's tenants. */
export function TenantsPage() {
  const client = useApi(bailiwickApiRef);
  const tenants = useLiveList<TenantView>('/tenants');
  const { value: plans } = useAsync(() => client.listPlans(), [client]);
  const columns = useMemo(() => tenantColumns(plans ?? []), [plans]);
  return (
    <ListPage
      title="Tenants"
      question="Tenants you can see, yours first"
      list={tenants}
      columns={columns}
      sort={(a, b) => Number(!a.myRole) - Number(!b.myRole)}
      filters={tenantFilters}
      choice={planChoice(plans ?? [])}
      empty={{
        title: 'No tenants yet',
        text: 'A tenant gives a team environments, members and quotas. Request one to get started.',
      }}
    />
  );
}
