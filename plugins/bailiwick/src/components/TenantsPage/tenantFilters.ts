import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common';
import { soonDays } from '../TenantPage/banners';
import { fullest, quotaRows } from '../TenantPage/quota';

/** Share of a limit above which a tenant is called nearly full. */
const nearlyFull = 0.8;
const day = 86_400_000;

/** Yes or no questions by which tenants are picked; the key is in the address. */
export const tenantFilters: Record<
  string,
  { title: string; fits: (tenant: TenantView, now: number) => boolean }
> = {
  mine: { title: 'Mine', fits: ({ myRole }) => myRole !== undefined },
  ending: {
    title: `Ending within ${soonDays} days`,
    fits: ({ spec }, now) =>
      spec.expiresAt !== undefined &&
      Date.parse(spec.expiresAt) - now <= soonDays * day,
  },
  full: {
    title: `Over ${nearlyFull * 100} % used`,
    fits: tenant => (usedMost(tenant) ?? 0) > nearlyFull,
  },
};

/** What is used of the limit that is fullest, 0 to 1; `undefined` while unknown. */
export function usedMost(tenant: TenantView): number | undefined {
  return fullest(quotaRows({ tenant }));
}
