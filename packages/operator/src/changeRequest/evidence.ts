import {
  homeNamespace,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Caches } from '../cache';
import { sumAmounts, usedRatio } from '../tenant';

type Status = NonNullable<Tenant['status']>;

const week = 7 * 86_400_000;
/** Milliseconds that samples must span before they speak for a week. */
const nearlyWeek = 6.5 * 86_400_000;

/** What a tenant used and may use, and when something happened in it last. */
export function evidenceOf(
  caches: Pick<Caches, 'apps' | 'releases' | 'requests'>,
  tenant: Tenant,
  request: ChangeRequest,
  now: Date,
): Record<string, unknown> {
  const { environments = [], usage = [] } = tenant.status ?? {};
  return {
    tenantUid: tenant.metadata.uid,
    used: sumAmounts(environments.map(({ used }) => used)),
    limit: sumAmounts(environments.map(({ limit }) => limit)),
    usedRatio: usedRatio(environments),
    usedRatio7d: usedRatioOfWeek(usage, now),
    lastActivity: lastActivity(caches, tenant, request),
  };
}

/**
 * The smallest ratio of the last seven days: what was used all the time. `undefined` while the
 * samples do not reach back that far.
 */
export function usedRatioOfWeek(
  usage: NonNullable<Status['usage']>,
  now: Date,
): number | undefined {
  const times = usage.map(({ at }) => Date.parse(at));
  const oldest = now.getTime() - week;
  const recent = usage.filter((_, position) => times[position] >= oldest);
  const [first] = times.filter(time => time >= oldest);
  if (first === undefined || now.getTime() - first < nearlyWeek)
    return undefined;
  const newest = Math.max(...times);
  if (newest - first < nearlyWeek) return undefined;
  return Math.min(...recent.map(sample => sample.usedRatio));
}

/** When an app, a release or a request of the tenant changed last. */
function lastActivity(
  { apps, releases, requests }: Pick<Caches, 'apps' | 'releases' | 'requests'>,
  { metadata: { name } }: Tenant,
  request: ChangeRequest,
): string | undefined {
  const home = homeNamespace(name);
  const ofApps = apps
    .index('home', home)
    .flatMap(({ metadata, status }) => [
      metadata.creationTimestamp,
      ...(status?.environments ?? []).map(({ since }) => since),
    ]);
  const ofReleases = releases
    .index('home', home)
    .map(({ metadata }) => metadata.creationTimestamp);
  const ofRequests = requests
    .index('target', name)
    .filter(({ metadata }) => metadata.name !== request.metadata.name)
    .flatMap(({ metadata, status }) => [
      metadata.creationTimestamp,
      status?.verdict?.at,
    ]);
  const times = [...ofApps, ...ofReleases, ...ofRequests].flatMap(time =>
    time ? Date.parse(time) : [],
  );
  return times.length > 0
    ? new Date(Math.max(...times)).toISOString()
    : undefined;
}
