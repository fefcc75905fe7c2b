import type { ResourceQuota } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  proposedPlan,
  type ChangeRequest,
  type Plan,
  type Tenant,
  type TenantSpec,
  type RuleFacts,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { orNothing } from '../orNothing';
import type { Scope } from '../scope';
import { limitsName } from '../tenant';
import { evidenceOf } from './evidence';

/** What is known about a request when it is judged. */
export interface RequestFacts extends RuleFacts {
  /** Name of the plan whose rules judge: the proposed one, else that of the tenant. */
  planName?: string;
  /** That plan, if it exists. */
  plan?: Plan;
  /** The tenant it is about, if it exists. */
  tenant?: Tenant;
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
  const tenant = await caches.tenants.resource
    .get(spec.target.name, { signal })
    .catch(orNothing);
  const proposed = spec.proposed as Partial<TenantSpec>;
  const from = caches.plans.get(tenant?.spec.plan ?? '');
  const wanted = proposedPlan(spec);
  const to = caches.plans.get(wanted ?? '');
  const tenantsOfOwner = countTenants(
    caches.tenants,
    tenant?.spec.owners ?? proposed.owners,
  );
  return {
    planName: wanted ?? tenant?.spec.plan,
    plan: wanted === undefined ? from : to,
    tenant,
    usedIn: environment => usedIn(caches.quotas, spec.target.name, environment),
    request: {
      action: spec.action,
      target: spec.target.name,
      requestedBy: spec.requestedBy,
      proposed: spec.proposed,
      tenantsOfOwner,
      from: describePlan(from),
      to: describePlan(to),
    },
    evidence: {
      tenantsOfOwner,
      members: lengthOf(tenant?.spec.members ?? proposed.members),
      environments: lengthOf(
        proposed.environments ?? tenant?.spec.environments,
      ),
      ...(tenant && evidenceOf(caches, tenant, asked, now())),
    },
  };
}

/** Tenants that share an owner. What somebody proposes may be of any shape. */
function countTenants(
  tenants: Scope['caches']['tenants'],
  owners: unknown,
): number {
  const names: unknown[] = Array.isArray(owners) ? owners : [];
  const found = names.flatMap(name =>
    typeof name === 'string' ? tenants.index('owner', name) : [],
  );
  return new Set(found.filter(({ metadata }) => !metadata.deletionTimestamp))
    .size;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function usedIn(
  quotas: Scope['caches']['quotas'],
  tenant: string,
  environment: string,
): Record<string, string> {
  const quota: ResourceQuota | undefined = quotas.get(
    limitsName,
    environmentNamespace(tenant, environment),
  );
  return quota?.status?.used ?? {};
}

function describePlan(plan: Plan | undefined) {
  return (
    plan && {
      name: plan.metadata.name,
      order: plan.spec.order,
      title: plan.spec.title,
    }
  );
}
