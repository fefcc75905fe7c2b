import { LinkButton } from '@backstage/core-components';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  HealthChip,
  LiveContent,
  LiveMark,
  NothingYet,
  RelativeTime,
  SearchableTable,
  useLiveList,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { AppLink } from '../AppLink';
import { ClusterProgress } from '../ClusterProgress';
import { PageFrame } from '../PageFrame';
import { TenantLink } from '../TenantLink';

const columns: TableColumn<AppView>[] = [
  {
    title: 'App',
    text: ({ spec }) => spec.title,
    cell: app => <AppLink app={app} />,
  },
  {
    title: 'Health',
    text: ({ status }) => status?.health ?? 'Unknown',
    cell: ({ status }) => <HealthChip health={status?.health ?? 'Unknown'} />,
  },
  {
    title: 'Why',
    text: ({ status }) =>
      status?.environments?.[0]?.why ??
      'The operator has not looked at it yet.',
  },
  {
    title: 'Tenant',
    text: ({ tenant }) => tenant,
    cell: ({ tenant }) => <TenantLink name={tenant} />,
  },
  {
    title: 'Made from',
    text: ({ spec }) => `${spec.archetype.pack} / ${spec.archetype.name}`,
  },
  {
    title: 'Environments',
    text: ({ spec }) => spec.environments.map(({ name }) => name).join(', '),
  },
  {
    title: 'Made',
    text: ({ metadata }) => metadata.creationTimestamp ?? '',
    cell: ({ metadata }) => <RelativeTime at={metadata.creationTimestamp} />,
  },
];

/** Is everything all right? */
export function AppsPage() {
  const apps = useLiveList<AppView>('/apps');
  const create = (
    <LinkButton to="/create" variant="contained" color="primary">
      Pick a template
    </LinkButton>
  );
  return (
    <PageFrame
      title="Apps"
      subtitle="Is everything all right?"
      actions={<LiveMark live={apps} />}
    >
      <ClusterProgress />
      <LiveContent
        live={apps}
        what="The apps"
        isEmpty={items => items.length === 0}
        empty={
          <NothingYet title="No app yet" action={create}>
            Apps of your tenants show here with their health. Make the first one
            from a template of your domain.
          </NothingYet>
        }
      >
        {items => (
          <SearchableTable
            label="apps"
            aside={create}
            columns={columns}
            idOf={({ metadata, tenant }) => `${tenant}/${metadata.name}`}
            rows={items}
          />
        )}
      </LiveContent>
    </PageFrame>
  );
}
