import {
  ignoreNotFound,
  type ResourceQuota,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  bundleName,
  environmentNamespace,
  readAsOne,
  readProposal,
  type App,
  type ChangeRequest,
  type Release,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  gatesOf,
  ownersOf,
  requestFacts,
  soakMinutesOf,
  targetTenant,
  type Gate,
  type RequestFacts as KnownFacts,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches } from '../../../cache';
import { remoteClusterOf, type Placement } from '../../../placement';
import { limitsName } from '../../tenant';
import { evidenceOf, evidenceOfRelease } from './evidence';

/** Facts about a request when it is judged. */
export interface RequestFacts extends KnownFacts {
  /** Returns the usage of an environment, by the names of quotas. */
  usedIn: (environment: string) => Record<string, string>;
  /** Returns a sentence for each environment on a cluster that does not exist. */
  missingClusters: (environments: TenantEnvironment[]) => string[];
  /** A tenant with a name that is easily confused with the new one. */
  similarName?: string;
  /** The app that the request is about, if it exists. */
  app?: App;
  /** The release to be promoted, if it exists. */
  release?: Release;
  /** Digest of the code that is kept for the release, if any is. */
  keptDigest?: string;
  /** Checks of the release to be promoted. */
  gates?: Gate[];
}

/**
 * Collects the facts that the rules of a plan refer to. The tenant is read from the API server;
 * the number of tenants of an owner comes from the cache, which includes those created by earlier
 * requests.
 */
export async function gatherFacts(
  placement: Placement,
  asked: ChangeRequest,
  signal: AbortSignal,
): Promise<RequestFacts> {
  const { caches, now } = placement;
  const { spec } = asked;
  const name = targetTenant(spec);
  const tenant = await caches.tenants.resource
    .get(name, { signal })
    .catch(ignoreNotFound);
  const { evidence, ...facts } = requestFacts(spec, {
    plans: caches.plans,
    tenants: tenantsAround(caches, asked, tenant),
  });
  const promoted = await gatherPromoted(caches, asked, signal);
  const gates = gatesOfPromotion(caches, asked, tenant, promoted, now());
  return {
    ...facts,
    ...promoted,
    gates,
    usedIn: environment => {
      const where = remoteClusterOf(placement, tenant, environment);
      const there = where ? where.target?.caches : caches;
      return there ? usedIn(there, name, environment) : {};
    },
    missingClusters: environments => missingClusters(caches, environments),
    similarName: caches.tenants
      .index('readAs', readAsOne(name))
      .map(({ metadata }) => metadata.name)
      .find(other => other !== name),
    evidence: {
      ...evidence,
      ...(tenant && evidenceOf(caches, tenant, asked, now())),
      ...evidenceOfRelease(promoted.release),
      ...(gates && { gates }),
    },
  };
}

/** Reads the app, the release and its code from the API server: a promotion must not fail because the cache lags behind. */
async function gatherPromoted(
  { apps, configMaps, releases }: Caches,
  { spec: { action, proposed, target } }: ChangeRequest,
  signal: AbortSignal,
): Promise<Pick<RequestFacts, 'app' | 'keptDigest' | 'release'>> {
  const { namespace } = target;
  if (target.kind !== 'App' || !namespace) return {};
  const options = { namespace, signal };
  const app = await apps.resource
    .get(target.name, options)
    .catch(ignoreNotFound);
  if (action !== 'promote') return { app };
  const { proposal } = readProposal('promote', proposed);
  if (!proposal) return { app };
  const release = await releases.resource
    .get(proposal.release, options)
    .catch(ignoreNotFound);
  const kept =
    release &&
    (await configMaps.resource
      .get(bundleName(target.name, release.spec.commit), options)
      .catch(ignoreNotFound));
  const keptDigest = kept?.metadata.annotations?.[annotations.bundleDigest];
  return { app, keptDigest, release };
}

/** Returns the promotion checks of a release. */
function gatesOfPromotion(
  { packs, releases, runs }: Caches,
  { spec: { proposed } }: ChangeRequest,
  tenant: Tenant | undefined,
  { app, keptDigest, release }: Awaited<ReturnType<typeof gatherPromoted>>,
  now: Date,
): Gate[] | undefined {
  if (!app || !release) return undefined;
  const { name, namespace = '' } = app.metadata;
  const environment = String(proposed.environment);
  const place = tenant?.spec.environments.find(one => one.name === environment);
  return gatesOf({
    app,
    release,
    environment,
    keptDigest,
    soakMinutes: soakMinutesOf(packs, release),
    isProtected: place?.protected ?? false,
    releases: releases
      .index('home', namespace)
      .filter(({ spec }) => spec.app === name),
    runs: runs.index('home', namespace).filter(({ spec }) => spec.app === name),
    now,
  });
}

/** Returns the tenant and all other tenants of its present or future owners. */
function tenantsAround(
  { tenants }: Caches,
  { spec }: ChangeRequest,
  tenant: Tenant | undefined,
): Tenant[] {
  const owned = ownersOf(spec, tenant).flatMap(owner =>
    tenants.index('owner', owner),
  );
  const others = new Set(
    owned.filter(({ metadata }) => metadata.name !== targetTenant(spec)),
  );
  return [...(tenant ? [tenant] : []), ...others];
}

function usedIn(
  { quotas }: Caches,
  tenant: string,
  environment: string,
): Record<string, string> {
  const quota: ResourceQuota | undefined = quotas.get(
    limitsName,
    environmentNamespace(tenant, environment),
  );
  return quota?.status?.used ?? {};
}

/** Without any Cluster, nothing is missing: tenants wait for their cluster. */
function missingClusters(
  { clusters }: Caches,
  environments: TenantEnvironment[],
): string[] {
  const names = clusters.list().map(({ metadata }) => metadata.name);
  if (names.length === 0) return [];
  return environments
    .filter(({ cluster }) => !names.includes(cluster))
    .map(
      ({ cluster, name }) =>
        `Cluster "${cluster}" of environment ${name} was not found; available: ${names
          .sort()
          .join(', ')}`,
    );
}
