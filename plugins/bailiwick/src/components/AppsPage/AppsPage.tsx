import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  HealthChip,
  RelativeTime,
  useLiveList,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { AppLink } from '../AppLink';
import { ListPage } from '../ListPage';
import { MakeAppButton } from '../MakeAppButton';
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
  return (
    <ListPage
      title="Apps"
      question="Is everything all right?"
      list={useLiveList<AppView>('/apps')}
      columns={columns}
      idOf={({ metadata, tenant }) => `${tenant}/${metadata.name}`}
      action={<MakeAppButton />}
      empty={{
        title: 'No app yet',
        text: 'Apps of your tenants show here with their health. They are made from a template of your domain.',
      }}
    />
  );
}
