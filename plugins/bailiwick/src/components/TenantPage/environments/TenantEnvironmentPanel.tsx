import { InfoCard } from '@backstage/core-components';
import type {
  Health,
  Tenant,
  TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { effectiveLimits } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  Facts,
  formatDate,
  HealthChip,
  RelativeTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import type { ReactNode } from 'react';
import { formatCost } from '../../formatCost';
import { formatLimits } from '../../formatLimits';
import { StaleNote } from '../../StaleNote';
import { RenewButton } from '../renew/RenewButton';
import type { TenantFacts } from '../facts/TenantFacts';
import { RemoveButton } from './RemoveButton';

type EnvironmentStatus = NonNullable<
  NonNullable<Tenant['status']>['environments']
>[number];

/** One environment: how it is, its rules, its end and its limits. */
export function TenantEnvironmentPanel({
  environment,
  facts,
}: {
  environment: TenantEnvironment;
  facts: TenantFacts;
}) {
  const { apps, plan, tenant } = facts;
  const { expiresAt, name } = environment;
  const status = tenant.status?.environments?.find(one => one.name === name);
  const inside = apps.filter(app =>
    app.spec.environments.some(one => one.name === name),
  );
  const limits = plan && effectiveLimits(plan.spec, environment);
  const { health, why } = healthOf(status);
  const lines: [string, ReactNode][] = [
    ['State', <HealthChip key="state" health={health} stale={status?.stale} />],
    [
      'Reason',
      <div key="why">
        {why}
        <StaleNote stale={status?.stale} />
      </div>,
    ],
    [
      'Protection',
      environment.protected
        ? 'protected: accepts only approved releases'
        : 'not protected: accepts drafts',
    ],
    [
      'Expires',
      expiresAt ? (
        <>
          {formatDate(expiresAt)} (<RelativeTime at={expiresAt} />)
        </>
      ) : (
        'with the tenant'
      ),
    ],
    ['Cluster', environment.cluster],
    ['Apps', inside.map(app => app.spec.title).join(', ') || 'none'],
    ['Limits', limits ? formatLimits(limits) : 'unknown'],
    ['Cost', plan ? formatCost(plan, [environment]) : 'unknown'],
    ['Kubernetes namespace', status?.namespace ?? 'not created yet'],
  ];
  return (
    <InfoCard title={name}>
      <Stack>
        <Facts facts={lines} />
        <Stack direction="row" spacing={1}>
          {expiresAt && <RenewButton facts={facts} environment={name} />}
          <RemoveButton facts={facts} environment={name} apps={inside} />
        </Stack>
      </Stack>
    </InfoCard>
  );
}

function healthOf(status: EnvironmentStatus | undefined): {
  health: Health;
  why: string;
} {
  if (status?.suspendedAt)
    return {
      health: 'Suspended',
      why: `The environment has expired. Its apps have been stopped since ${formatDate(
        status.suspendedAt,
      )}; its data is kept. Renew the environment to start its apps again.`,
    };
  if (status?.stale)
    return { health: 'Unknown', why: 'Its cluster is unreachable' };
  return status?.ready
    ? { health: 'Healthy', why: 'Ready for apps' }
    : { health: 'Progressing', why: 'Being created; this takes seconds' };
}
