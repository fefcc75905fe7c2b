import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  RelativeTime,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { Names } from '../Names';
import { TenantLink } from '../TenantLink';
import { roleTitles } from '../roleTitles';
import { UsageBar } from '../UsageBar';
import { formatHighestUsage, planTitle, usedMost } from './tenantFilters';
import { tenantStatusMessage } from '../TenantPage/facts/tenantStatusMessage';

/** Columns of the list of tenants. */
export const tenantColumns = (plans: Plan[]): TableColumn<TenantView>[] => [
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
  {
    title: 'Your role',
    text: ({ myRole }) => (myRole ? roleTitles[myRole] : 'None'),
  },
  { title: 'Plan', text: ({ spec }) => planTitle(plans, spec.plan) },
  { title: 'Environments', text: environmentWords },
  { title: 'State', text: tenantStatusMessage },
  {
    title: 'Highest usage',
    text: usedWords,
    cell: tenant => <Used tenant={tenant} />,
  },
  {
    title: 'Expires',
    text: ({ spec }) => spec.expiresAt ?? 'Never',
    cell: ({ spec }) =>
      spec.expiresAt ? <RelativeTime at={spec.expiresAt} /> : 'Never',
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
  return used ? formatHighestUsage(used) : '–';
}

function Used({ tenant }: { tenant: TenantView }) {
  const used = usedMost(tenant);
  if (!used) return <>–</>;
  const words = formatHighestUsage(used);
  return (
    <>
      {words}
      <UsageBar label={`Highest usage: ${words}`} share={used.share} />
    </>
  );
}
