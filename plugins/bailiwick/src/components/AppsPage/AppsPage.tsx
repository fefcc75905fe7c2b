import type {
  AppView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
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

/** @param titleOf - what people call the tenant of a name */
const columnsWith = (
  titleOf: (tenant: string) => string | undefined,
): TableColumn<AppView>[] => [
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
    text: ({ tenant }) => titleOf(tenant) ?? tenant,
    cell: ({ tenant }) => <TenantLink name={tenant} title={titleOf(tenant)} />,
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

/** Is everything all right with the apps of one's tenants? */
export function AppsPage() {
  const tenants = useLiveList<TenantView>('/tenants').value;
  const titleOf = (tenant: string) =>
    tenants?.find(({ metadata }) => metadata.name === tenant)?.spec.title;
  return (
    <ListPage
      title="Apps"
      question="How the apps of your tenants are, and why"
      list={useLiveList<AppView>('/apps')}
      columns={columnsWith(titleOf)}
      idOf={({ metadata, tenant }) => `${tenant}/${metadata.name}`}
      action={<MakeAppButton in={tenants} />}
      empty={{
        title: 'No app yet',
        text: 'Apps of your tenants show here with their health. They are made from a template of your domain.',
      }}
    />
  );
}
