import { InfoCard } from '@backstage/core-components';
import {
  Facts,
  formatDate,
  HealthChip,
  RelativeTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Tooltip } from '@material-ui/core';
import type { ReactNode } from 'react';
import { formatCost } from '../../formatCost';
import { Names } from '../../Names';
import { StaleNote } from '../../StaleNote';
import { RenewButton } from '../renew/RenewButton';
import type { TenantFacts } from '../facts/TenantFacts';
import { tenantHealth } from './tenantHealth';

/** Description, health, cost and expiry of a tenant. */
export function AboutCard({ facts }: { facts: TenantFacts }) {
  const { plan, tenant } = facts;
  const { metadata, spec } = tenant;
  const { health, next, why } = tenantHealth(tenant);
  const lines: [string, ReactNode][] = [
    [
      'State',
      <div key="state">
        <HealthChip health={health} />
        <StaleNote />
      </div>,
    ],
    ...Object.entries({ Reason: why, 'Next step': next }).filter(
      ([, text]) => text,
    ),
    ['Owners', <Names key="owners" of={spec.owners} />],
    [
      'Plan',
      <Tooltip key="plan" title={plan?.spec.description ?? ''}>
        <span>{plan?.spec.title ?? spec.plan}</span>
      </Tooltip>,
    ],
    ['Cost', plan ? formatCost(plan, spec.environments) : 'unknown'],
    ['Cost center', spec.costCentre ?? 'not given'],
    ['Domains', spec.domains.join(', ') || 'none'],
    ['Name', metadata.name],
    [
      'Expires',
      spec.expiresAt ? (
        <>
          {formatDate(spec.expiresAt)} (<RelativeTime at={spec.expiresAt} />)
        </>
      ) : (
        'never'
      ),
    ],
  ];
  return (
    <InfoCard title="About">
      <Stack>
        <Facts facts={lines} />
        <RenewButton facts={facts} />
      </Stack>
    </InfoCard>
  );
}
