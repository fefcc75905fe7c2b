import { withUnit } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  resources,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { firstWarningDays } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { nearlyFull } from '../UsageBar';
import type { FilterChoice, Filters } from '../useFilters';
import {
  highestUsageOf,
  quotaRows,
  type HighestUsage,
} from '../TenantPage/quota/quotaRows';

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
    fits: tenant => (usedMost(tenant)?.share ?? 0) > nearlyFull,
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

/** Returns the limit of a tenant that is used most; `undefined` while unknown. */
export function usedMost(tenant: TenantView): HighestUsage | undefined {
  return highestUsageOf(quotaRows({ tenant }));
}

/** Formats a highest usage: `50 % (Apps)`; the number is first, because lists are sorted by the text. */
export function formatHighestUsage({ resource, share }: HighestUsage): string {
  const percent = withUnit(Math.round(100 * share), '%');
  return share > 0 ? `${percent} (${resources[resource].title})` : percent;
}
