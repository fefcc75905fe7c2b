import {
  homeNamespace,
  type ChangeRequest,
  type Release,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../../../cache';
import { knownSum, usedRatio } from '../../tenant';
import type { RequestFacts } from './gatherFacts';

type Status = NonNullable<Tenant['status']>;

const week = 7 * 86_400_000;
/** Milliseconds that samples must span to represent a week. */
const nearlyWeek = 6.5 * 86_400_000;
/** Longest gap between samples in milliseconds; beyond it, the usage is unknown. */
const longestGap = 12 * 3_600_000;

/** Returns usage, limits and last activity of a tenant. */
export function evidenceOf(
  caches: Pick<Caches, 'apps' | 'plans' | 'releases' | 'requests'>,
  tenant: Tenant,
  request: ChangeRequest,
  now: Date,
): Record<string, unknown> {
  const { environments = [], usage = [] } = tenant.status ?? {};
  const { plan } = tenant.spec;
  return {
    tenantUid: tenant.metadata.uid,
    used: knownSum(environments.map(({ used }) => used)),
    limit: knownSum(environments.map(({ limit }) => limit)),
    usedRatio: usedRatio(environments, caches.plans.get(plan)),
    usedRatio7d: usedRatioOfWeek(usage, plan, now),
    lastActivity: lastActivity(caches, tenant, request),
  };
}

/**
 * Returns the evidence that a request keeps. A requester of access is not a member and can read the request, so it
 * reveals only the requested tenant and app.
 */
export function recordedEvidence(
  { spec: { action } }: ChangeRequest,
  { app, evidence, tenant }: Pick<RequestFacts, 'app' | 'evidence' | 'tenant'>,
): Record<string, unknown> {
  const recorded =
    action === 'grantAccess'
      ? { tenantUid: tenant?.metadata.uid, appUid: app?.metadata.uid }
      : evidence;
  return JSON.parse(JSON.stringify(recorded));
}

/** Returns uid, code and publisher of the release of a promotion. */
export function evidenceOfRelease(
  release: Release | undefined,
): Record<string, unknown> {
  if (!release) return {};
  const { metadata, spec } = release;
  return {
    releaseUid: metadata.uid,
    commit: spec.commit,
    digest: spec.bundle.digest,
    runtime: spec.bundle.runtime,
    publishedBy: spec.createdBy,
  };
}

/**
 * Returns the lowest usage ratio of the last seven days; `undefined` while the samples under the
 * present plan span less time or have gaps.
 */
export function usedRatioOfWeek(
  usage: NonNullable<Status['usage']>,
  plan: string,
  now: Date,
): number | undefined {
  const recent = usage
    .filter(sample => sample.plan === plan)
    .map(({ at, usedRatio: ratio }) => ({ time: Date.parse(at), ratio }))
    .filter(({ time }) => time >= now.getTime() - week && time <= now.getTime())
    .sort((one, other) => one.time - other.time);
  const times = recent.map(({ time }) => time);
  const [first, newest] = [times[0], times[times.length - 1]];
  if (first === undefined || newest - first < nearlyWeek) return undefined;
  const hasGap = times.some(
    (time, position) => time - (times[position - 1] ?? time) > longestGap,
  );
  return hasGap ? undefined : Math.min(...recent.map(({ ratio }) => ratio));
}

/**
 * Returns when an app or release of the tenant was last created, or a request created or decided.
 * Changes by the cluster do not count.
 */
function lastActivity(
  { apps, releases, requests }: Pick<Caches, 'apps' | 'releases' | 'requests'>,
  { metadata: { name } }: Tenant,
  request: ChangeRequest,
): string | undefined {
  const home = homeNamespace(name);
  const ofApps = apps
    .index('home', home)
    .map(({ metadata }) => metadata.creationTimestamp);
  const ofReleases = releases
    .index('home', home)
    .map(({ metadata }) => metadata.creationTimestamp);
  const ofRequests = requests
    .index('tenant', name)
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
