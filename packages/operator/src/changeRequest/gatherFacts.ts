import type { ResourceQuota } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  ownersOf,
  requestFacts,
  type ChangeRequest,
  type RequestFacts as KnownFacts,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Caches } from '../cache';
import { orNothing } from '../orNothing';
import type { Scope } from '../scope';
import { limitsName } from '../tenant';
import { evidenceOf } from './evidence';

/** What is known about a request when it is judged. */
export interface RequestFacts extends KnownFacts {
  /** What is used in an environment, by the names that quotas have for it. */
  usedIn: (environment: string) => Record<string, string>;
}

/**
 * Collects what the rules of a plan may ask about. The tenant is read from the server; how many there
 * are of an owner comes from the copy, which knows all that requests before this one made.
 */
export async function gatherFacts(
  { caches, now }: Scope,
  asked: ChangeRequest,
  signal: AbortSignal,
): Promise<RequestFacts> {
  const { spec } = asked;
  const { name } = spec.target;
  const tenant = await caches.tenants.resource
    .get(name, { signal })
    .catch(orNothing);
  const { evidence, ...facts } = requestFacts(spec, {
    plans: caches.plans,
    tenants: tenantsAround(caches, asked, tenant),
  });
  return {
    ...facts,
    usedIn: environment => usedIn(caches, name, environment),
    evidence: {
      ...evidence,
      ...(tenant && evidenceOf(caches, tenant, asked, now())),
    },
  };
}

/** The tenant as it is now, and the others of its owners, or of those who would be. */
function tenantsAround(
  { tenants }: Caches,
  { spec }: ChangeRequest,
  tenant: Tenant | undefined,
): Tenant[] {
  const owned = ownersOf(spec, tenant).flatMap(owner =>
    tenants.index('owner', owner),
  );
  const others = new Set(
    owned.filter(({ metadata }) => metadata.name !== spec.target.name),
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
