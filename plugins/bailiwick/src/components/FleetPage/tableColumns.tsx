import {
  formatMessage,
  HealthChip,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import type { ReactNode } from 'react';
import { Name } from '../Name';
import { StaleNote } from '../StaleNote';
import { TenantLink } from '../TenantLink';
import { AppLink } from '../AppLink';
import { versionOf } from './fleetCriteria';
import { healthsWorstFirst, collate } from './fleetGroups';
import type { PlaceItem } from './fleetItems';
import { describeRevision } from './describeRevision';

/** A column of the table of all apps. */
export interface FleetColumn {
  title: string;
  /** Value by which the column is sorted. */
  value: (item: PlaceItem) => string | number;
  cell: (item: PlaceItem) => ReactNode;
  isNumber?: true;
}

/** @param titleOf - returns the display name of a tenant */
export function tableColumns(
  titleOf: (tenant: string) => string,
): FleetColumn[] {
  return [
    {
      title: 'App',
      value: ({ app }) => app.row.title,
      cell: ({ app }) => <AppLink app={app.row} />,
    },
    {
      title: 'Environment',
      value: ({ place }) => place?.name ?? '',
      cell: ({ place }) => place?.name ?? '–',
    },
    {
      title: 'Health',
      value: ({ app, place }) =>
        healthsWorstFirst.indexOf(place?.health ?? app.health),
      cell: ({ app, place }) => (
        <HealthChip health={place?.health ?? app.health} stale={place?.stale} />
      ),
    },
    {
      title: 'Reason',
      value: ({ place }) => place?.why ?? '',
      cell: ({ place }) => (
        <>
          {place ? formatMessage(place.why) : 'Not deployed'}
          <StaleNote stale={place?.stale} />
        </>
      ),
    },
    {
      title: 'Version',
      value: ({ place }) => describeRevision(place),
      cell: ({ place }) => describeRevision(place),
    },
    {
      title: 'Pods',
      isNumber: true,
      value: ({ place }) => place?.pods.ready ?? 0,
      cell: ({ place }) =>
        place ? `${place.pods.ready} of ${place.pods.desired}` : '–',
    },
    {
      title: 'Health since',
      value: ({ place }) => place?.since ?? '',
      cell: ({ place }) => <RelativeTime at={place?.since} />,
    },
    {
      title: 'Tenant',
      value: ({ app }) => titleOf(app.row.tenant),
      cell: ({ app: { row } }) => (
        <TenantLink name={row.tenant} title={titleOf(row.tenant)} />
      ),
    },
    {
      title: 'Owner',
      value: ({ app }) => app.row.owner,
      cell: ({ app }) => <Name of={app.row.owner} />,
    },
    {
      title: 'Pack',
      value: ({ app }) => versionOf(app.row),
      cell: ({ app }) => versionOf(app.row),
    },
    {
      title: 'Created',
      value: ({ app }) => app.row.madeAt ?? '',
      cell: ({ app }) => <RelativeTime at={app.row.madeAt} />,
    },
  ];
}

/** Compares rows by the column with a title, `-Pods` for descending; by app if no column has that title. */
export function comparePlaces(columns: FleetColumn[], sort: string) {
  const isDown = sort.startsWith('-');
  const column =
    columns.find(({ title }) => title === sort.replace(/^-/, '')) ?? columns[0];
  return (one: PlaceItem, other: PlaceItem): number => {
    const [a, b] = [column.value(one), column.value(other)];
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : collate(String(a), String(b));
    return isDown ? -order : order;
  };
}
