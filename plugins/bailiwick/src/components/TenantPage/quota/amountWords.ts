import type { Resource, Share } from './quotaRows';

const gib = 2 ** 30;

/** What people call a resource. */
export const resourceWords: Record<Resource, string> = {
  cpu: 'CPU (cores)',
  memory: 'Memory (GiB)',
  storage: 'Storage (GiB)',
  pods: 'Pods',
  apps: 'Apps',
};

/** An amount in the unit of {@link resourceWords}, at most two decimals. */
export function amountWords(
  resource: Resource,
  value: number | undefined,
): string {
  if (value === undefined) return '–';
  const inGib = resource === 'memory' || resource === 'storage';
  return String(Math.round((inGib ? value / gib : value) * 100) / 100);
}

/** `0.5 of 2 (25 %)`. */
export function shareWords(resource: Resource, { limit, used }: Share): string {
  const words = `${amountWords(resource, used)} of ${amountWords(
    resource,
    limit,
  )}`;
  return used !== undefined && limit
    ? `${words} (${Math.round((100 * used) / limit)} %)`
    : words;
}
