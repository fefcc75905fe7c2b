import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  RelativeTime,
  useLiveList,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { requestTenantRouteRef } from '../../routes';
import { ListPage } from '../ListPage';
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
  { title: 'Your role', text: ({ myRole }) => myRole ?? 'none' },
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
  return (
    <ListPage
      title="Tenants"
      question="Where you belong, yours first"
      list={useLiveList<TenantView>('/tenants')}
      columns={columns}
      idOf={({ metadata }) => metadata.name}
      sort={(a, b) => Number(!a.myRole) - Number(!b.myRole)}
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
