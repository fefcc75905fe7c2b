import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import { requestTenantRouteRef } from '../../routes';
import { ListPage } from '../ListPage';
import { tenantColumns } from './tenantColumns';
import { TenantFilters } from './TenantFilters';
import { useTenantFilters } from './useTenantFilters';

/** Where do I belong? */
export function TenantsPage() {
  const tenants = useLiveList<TenantView>('/tenants');
  const filters = useTenantFilters();
  return (
    <ListPage
      title="Tenants"
      question="The tenants that you may see, yours first"
      list={tenants}
      columns={tenantColumns}
      idOf={({ metadata }) => metadata.name}
      sort={(a, b) => Number(!a.myRole) - Number(!b.myRole)}
      filter={filters.fits}
      filters={
        <TenantFilters filters={filters} tenants={tenants.value ?? []} />
      }
      action={
        <LinkButton
          to={useRouteRef(requestTenantRouteRef)()}
          variant="contained"
          color="primary"
        >
          Request a tenant
        </LinkButton>
      }
      empty={{
        title: 'No tenant yet',
        text: 'A tenant is the place of a team: its environments, members and limits. You see here the ones you belong to. Ask for the first one; it takes a minute.',
      }}
    />
  );
}
