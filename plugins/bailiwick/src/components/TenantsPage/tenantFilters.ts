import { withUnit } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { firstWarningDays } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { nearlyFull } from '../UsageBar';
import type { FilterChoice, Filters } from '../useFilters';
import { fullest, quotaRows } from '../TenantPage/quota/quotaRows';

const day = 86_400_000;

/** Questions by which tenants are picked. */
export const tenantFilters: Filters<TenantView> = {
  mine: { title: 'Mine', fits: ({ myRole }) => myRole !== undefined },
  ending: {
    title: `Expiring within ${withUnit(firstWarningDays, 'days')}`,
    fits: ({ spec }, now) =>
      spec.expiresAt !== undefined &&
      Date.parse(spec.expiresAt) - now <= firstWarningDays * day,
  },
  full: {
    title: `Over ${withUnit(nearlyFull * 100, '%')} used`,
    fits: tenant => (usedMost(tenant) ?? 0) > nearlyFull,
  },
};

/** The title of a plan; its name while the plans are unknown. */
export function planTitle(plans: Plan[], name: string): string {
  const plan = plans.find(({ metadata }) => metadata.name === name);
  return plan?.spec.title ?? name;
}

/** Picks the tenants of one plan. */
export const planChoice = (plans: Plan[]): FilterChoice<TenantView> => ({
  key: 'plan',
  title: 'Plan',
  all: 'All plans',
  of: ({ spec }) => spec.plan,
  labelOf: name => planTitle(plans, name),
});

/** Returns the usage of the fullest limit, 0 to 1; `undefined` while unknown. */
export function usedMost(tenant: TenantView): number | undefined {
  return fullest(quotaRows({ tenant }));
}
