import type {
  Amounts,
  Plan,
  TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  targetTenant,
  type Gate,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  Facts,
  formatCount,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import type { ReactNode } from 'react';
import { GateList } from '../DeployTab/pipeline/GateList';
import { formatLimits } from '../formatLimits';
import { Name } from '../Name';
import { Section } from '../Section';
import { describeValue, fieldWords } from './describeValue';

/** Describes a tenant with its environments and their limits. */
function describeTenant({ spec }: TenantView, plans: Plan[]): string {
  const plan = plans.find(({ metadata }) => metadata.name === spec.plan)?.spec;
  const names = spec.environments.map(({ name }) => name).join(', ');
  return plan
    ? `${spec.title} (${names}), plan ${plan.title}: ${formatLimits(
        plan.perEnvironment,
      )} in each`
    : `${spec.title} (${names}), plan ${spec.plan}`;
}

/** Describes the owner's tenants; names only those that the reader can see. */
function describeOwned(seen: string[], count: number): string {
  const unseen = count - seen.length;
  if (unseen <= 0) return seen.join('; ') || 'no other tenant';
  return seen.length > 0
    ? `${seen.join('; ')}; and ${formatCount(unseen, 'more tenant')}`
    : formatCount(unseen, 'tenant');
}

/** The facts for the decision that other parts of a request do not show. */
export function KnownFacts({
  plans,
  request,
  tenants,
}: {
  plans: Plan[];
  request: RequestView;
  /** Those that the reader sees. */
  tenants: TenantView[];
}) {
  const { spec, status } = request;
  const {
    appUid: _app,
    environments,
    gates: _gates,
    limit,
    members,
    publishedBy,
    releaseUid: _release,
    tenantsOfOwner,
    tenantUid: _uid,
    used,
    usedRatio,
    usedRatio7d,
    ...others
  }: Record<string, unknown> = status?.evidence ?? {};

  const facts: [string, ReactNode][] = [];
  if (spec.action === 'create' && typeof tenantsOfOwner === 'number') {
    const { owners } = spec.proposed as Pick<TenantSpec, 'owners'>;
    const seen = tenants
      .filter(({ metadata }) => metadata.name !== spec.target.name)
      .filter(tenant =>
        tenant.spec.owners.some(owner => owners.includes(owner)),
      )
      .map(tenant => describeTenant(tenant, plans));
    facts.push(['Owner’s tenants', describeOwned(seen, tenantsOfOwner)]);
  }
  if (isAmounts(used)) facts.push(['Used', formatTotal(used)]);
  if (isAmounts(limit)) facts.push(['Total limits', formatTotal(limit)]);
  if (typeof usedRatio === 'number') {
    facts.push([
      'Highest resource usage',
      `${withUnit(Math.round(usedRatio * 100), '%')} of the plan`,
    ]);
  }
  if (typeof usedRatio7d === 'number') {
    facts.push([
      'Lowest usage in 7 days',
      `${withUnit(Math.round(usedRatio7d * 100), '%')} of the plan`,
    ]);
  }
  if (typeof publishedBy === 'string') {
    facts.push(['Published by', <Name of={publishedBy} />]);
  }
  for (const [fact, value] of Object.entries(others)) {
    facts.push([fieldWords(fact), describeValue(value)]);
  }
  if (facts.length === 0) return null;
  return (
    <Section title="Context">
      <Facts facts={facts} />
    </Section>
  );
}

/** Formats a total over all environments, which counts an app once in each of them. */
function formatTotal({ apps: _perEnvironment, ...total }: Amounts): string {
  return formatLimits(total);
}

/** The checks of a promotion; nothing for other requests. */
export function RequestChecks({
  request: { spec, status },
}: {
  request: RequestView;
}) {
  const { gates } = (status?.evidence ?? {}) as Record<string, unknown>;
  if (!isGates(gates)) return null;
  return (
    <Section title="Checks">
      <GateList
        gates={gates}
        overriddenChecks={overriddenChecksOf(spec.proposed)}
        place={{
          tenant: targetTenant(spec),
          app: spec.target.name,
          environment: String(spec.proposed.environment),
        }}
      />
    </Section>
  );
}

/** Evidence is written by operators of any version. */
function isAmounts(value: unknown): value is Amounts {
  const { cpu, memory, storage } = (value ?? {}) as Record<string, unknown>;
  return [cpu, memory, storage].every(one => typeof one === 'string');
}

/** Returns the overridden checks of a request. */
function overriddenChecksOf({
  overriddenChecks,
}: Record<string, unknown>): string[] {
  return Array.isArray(overriddenChecks) ? overriddenChecks.map(String) : [];
}

function isGates(value: unknown): value is Gate[] {
  return (
    Array.isArray(value) &&
    value.every(
      one => typeof one?.check === 'string' && typeof one.detail === 'string',
    )
  );
}
