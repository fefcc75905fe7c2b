import { withUnit } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { ResourceName } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { unitSize } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Share } from './quotaRows';

/** An amount in the unit of its title, at most two decimals. */
export function formatAmount(
  resource: ResourceName,
  value: number | undefined,
): string {
  if (value === undefined) return '–';
  return String(Math.round((value / unitSize(resource)) * 100) / 100);
}

/** `0.5 of 2 (25 %)`. */
export function formatShare(
  resource: ResourceName,
  { limit, used }: Share,
): string {
  const words = `${formatAmount(resource, used)} of ${formatAmount(
    resource,
    limit,
  )}`;
  return used !== undefined && limit
    ? `${words} (${withUnit(Math.round((100 * used) / limit), '%')})`
    : words;
}
