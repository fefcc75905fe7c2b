import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  RelativeTime,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { Names } from '../Names';
import { TenantLink } from '../TenantLink';
import { UsageBar } from '../UsageBar';
import { usedMost } from './tenantFilters';
import { tenantStatusMessage } from '../TenantPage/facts/tenantStatusMessage';

/** What the list shows of each tenant. */
export const tenantColumns: TableColumn<TenantView>[] = [
  {
    title: 'Tenant',
    text: ({ spec }) => spec.title,
    cell: ({ metadata, spec }) => (
      <>
        <TenantLink name={metadata.name} title={spec.title} />
        <Typography variant="caption" component="div" color="textSecondary">
          {metadata.name}
        </Typography>
      </>
    ),
  },
  {
    title: 'Owner',
    text: ({ spec }) => spec.owners.join(', '),
    cell: ({ spec }) => <Names of={spec.owners} />,
  },
  { title: 'Your role', text: ({ myRole }) => myRole ?? 'none' },
  { title: 'Plan', text: ({ spec }) => spec.plan },
  { title: 'Environments', text: environmentWords },
  { title: 'State', text: tenantStatusMessage },
  {
    title: 'Highest usage',
    text: usedWords,
    cell: tenant => <Used tenant={tenant} />,
  },
  {
    title: 'Ends',
    text: ({ spec }) => spec.expiresAt ?? 'never',
    cell: ({ spec }) =>
      spec.expiresAt ? <RelativeTime at={spec.expiresAt} /> : 'never',
  },
];

/** `dev, prod (being set up)`. */
function environmentWords({ spec, status }: TenantView): string {
  return spec.environments
    .map(({ name }) => {
      const state = status?.environments?.find(one => one.name === name);
      if (state?.suspendedAt) return `${name} (suspended)`;
      return state && !state.ready ? `${name} (being created)` : name;
    })
    .join(', ');
}

function usedWords(tenant: TenantView): string {
  const used = usedMost(tenant);
  return used === undefined ? '–' : `${Math.round(100 * used)} %`;
}

function Used({ tenant }: { tenant: TenantView }) {
  const used = usedMost(tenant);
  if (used === undefined) return <>–</>;
  return (
    <>
      {usedWords(tenant)}
      <UsageBar
        label={`Highest usage of a limit: ${usedWords(tenant)}`}
        share={used}
      />
    </>
  );
}
