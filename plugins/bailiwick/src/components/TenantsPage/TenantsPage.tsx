import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  LiveContent,
  LiveMark,
  NothingYet,
  RelativeTime,
  SearchableTable,
  useLiveList,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { requestTenantRouteRef } from '../../routes';
import { ClusterProgress } from '../ClusterProgress';
import { PageFrame } from '../PageFrame';
import { TenantLink } from '../TenantLink';
import { tenantWhy } from './tenantWhy';

const columns: TableColumn<TenantView>[] = [
  {
    title: 'Tenant',
    text: ({ spec }) => spec.title,
    cell: ({ metadata, spec }) => (
      <TenantLink name={metadata.name} title={spec.title} />
    ),
  },
  { title: 'My role', text: ({ myRole }) => myRole ?? 'none' },
  { title: 'Plan', text: ({ spec }) => spec.plan },
  {
    title: 'Environments',
    text: ({ spec }) => spec.environments.map(({ name }) => name).join(', '),
  },
  { title: 'State', text: tenantWhy },
  {
    title: 'Ends',
    text: ({ spec }) => spec.expiresAt ?? 'never',
    cell: ({ spec }) =>
      spec.expiresAt ? <RelativeTime at={spec.expiresAt} /> : 'never',
  },
];

/** Where do I belong? */
export function TenantsPage() {
  const tenants = useLiveList<TenantView>('/tenants');
  const toRequest = useRouteRef(requestTenantRouteRef)();
  const request = (
    <LinkButton to={toRequest} variant="contained" color="primary">
      Request a tenant
    </LinkButton>
  );
  return (
    <PageFrame
      title="Tenants"
      subtitle="Where you belong, mine first"
      actions={<LiveMark live={tenants} />}
    >
      <ClusterProgress />
      <LiveContent
        live={tenants}
        what="The tenants"
        isEmpty={items => items.length === 0}
        empty={
          <NothingYet title="No tenant yet" action={request}>
            A tenant is the place of a team: its environments, members and
            limits. You see here the ones you belong to. Ask for the first one;
            it takes a minute.
          </NothingYet>
        }
      >
        {items => (
          <SearchableTable
            label="tenants"
            aside={request}
            columns={columns}
            idOf={({ metadata }) => metadata.name}
            rows={[...items].sort(
              (a, b) => Number(!a.myRole) - Number(!b.myRole),
            )}
          />
        )}
      </LiveContent>
    </PageFrame>
  );
}
