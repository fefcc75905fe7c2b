import { parseQuantity } from '@bailiwick/backstage-kube-controller';
import {
  proposedPlan,
  tenantKind,
  type ChangeRequest,
  type Plan,
  type Tenant,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Scope } from '../scope';
import type { RuleFacts } from './evaluateRule';

/** What is known about a request when it is judged. */
export interface RequestFacts extends RuleFacts {
  /** The plan whose rules judge: the proposed one, else that of the tenant. */
  plan?: Plan;
  /** The tenant it is about, if it exists. */
  tenant?: Tenant;
}

/** Collects what the rules of a plan may ask about. Reads tenants from the server, not from the cache. */
export async function gatherFacts(
  { client, caches }: Scope,
  { spec }: ChangeRequest,
  signal: AbortSignal,
): Promise<RequestFacts> {
  // The cache may not know yet a tenant that was made for the request before this one.
  const tenants = await client.resource<Tenant>(tenantKind).list({ signal });
  const tenant = tenants.find(
    ({ metadata }) => metadata.name === spec.target.name,
  );
  const proposed = spec.proposed as Partial<TenantSpec>;
  const from = caches.plans.get(tenant?.spec.plan ?? '');
  const wanted = proposedPlan(spec);
  const to = caches.plans.get(wanted ?? '');
  const owners = tenant?.spec.owners ?? proposed.owners ?? [];
  const tenantsOfOwner = tenants.filter(
    one =>
      !one.metadata.deletionTimestamp &&
      one.spec.owners.some(owner => owners.includes(owner)),
  ).length;
  return {
    plan: wanted === undefined ? from : to,
    tenant,
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
      members: (tenant?.spec.members ?? proposed.members ?? []).length,
      environments: (proposed.environments ?? tenant?.spec.environments ?? [])
        .length,
      usedRatio: tenant && usedRatio(tenant),
    },
  };
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

/** The fullest of all environments, by CPU or memory: used divided by limit, two decimals. */
function usedRatio({ status }: Tenant): number | undefined {
  const ratios = (status?.environments ?? []).flatMap(({ used, limit }) =>
    used && limit
      ? [ratio(used.cpu, limit.cpu), ratio(used.memory, limit.memory)]
      : [],
  );
  return ratios.length > 0
    ? Math.round(Math.max(...ratios) * 100) / 100
    : undefined;
}

function ratio(used: string, limit: string): number {
  const most = parseQuantity(limit) ?? 0;
  return most > 0 ? (parseQuantity(used) ?? 0) / most : 0;
}
