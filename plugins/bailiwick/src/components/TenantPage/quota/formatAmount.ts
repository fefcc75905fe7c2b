import type { Resource, Share } from './quotaRows';

const gib = 2 ** 30;

/** What people call a resource. */
export const resourceLabels: Record<Resource, string> = {
  cpu: 'CPU (cores)',
  memory: 'Memory (GiB)',
  storage: 'Storage (GiB)',
  pods: 'Pods',
  apps: 'Apps',
};

/** An amount in the unit of {@link resourceLabels}, at most two decimals. */
export function formatAmount(
  resource: Resource,
  value: number | undefined,
): string {
  if (value === undefined) return '–';
  const inGib = resource === 'memory' || resource === 'storage';
  return String(Math.round((inGib ? value / gib : value) * 100) / 100);
}

/** `0.5 of 2 (25 %)`. */
export function formatShare(
  resource: Resource,
  { limit, used }: Share,
): string {
  const words = `${formatAmount(resource, used)} of ${formatAmount(
    resource,
    limit,
  )}`;
  return used !== undefined && limit
    ? `${words} (${Math.round((100 * used) / limit)} %)`
    : words;
}
