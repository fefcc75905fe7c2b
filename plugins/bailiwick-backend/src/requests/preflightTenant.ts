import type { TenantSpec } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidersOf,
  isPlatformEngineer,
  evaluateRules,
  requestFacts,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  PreflightDecision,
  PreflightView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { tenantProblems, type TenantCheckServices } from './tenantProblems';

/** Returns the problems of a tenant request, whether the person can make it, and who would decide. */
export async function preflightTenant(
  services: TenantCheckServices,
  person: Person,
  {
    name,
    replaces,
    spec,
  }: { name: string; spec: TenantSpec; replaces?: string },
): Promise<PreflightView> {
  const problems = await tenantProblems(services, name, spec, replaces);
  const refusal = refusalOf(person, spec);
  // Only members of a group learn how many tenants it has.
  return refusal
    ? { problems, refusal }
    : { problems, decision: decisionOn(services, person, name, spec) };
}

/** By the rules and facts by which the operator judges; `undefined` when there is no such plan. */
function decisionOn(
  { kubernetes }: TenantCheckServices,
  person: Person,
  name: string,
  spec: TenantSpec,
): PreflightDecision | undefined {
  const asked = {
    target: { kind: 'Tenant' as const, name },
    action: 'create' as const,
    proposed: { ...spec },
    reason: '',
    requestedBy: person.user,
  };
  const { plans, tenants } = kubernetes.lists;
  const facts = requestFacts(asked, { plans, tenants: tenants.list() });
  const { plan } = facts;
  if (!plan) return undefined;
  const { decision, problems } = evaluateRules(plan.spec.approval.rules, facts);
  if (decision)
    return {
      by: 'rule',
      rule: decision.position,
      verdict: decision.rule.verdict,
      reason: decision.rule.reason,
    };
  const deciders = decidersOf({ spec: asked }, undefined, plan);
  return { by: 'people', deciders, problems };
}

/** The same as the API server's policy on requests. */
function refusalOf(person: Person, { owners }: TenantSpec): string | undefined {
  const mayOwn =
    isPlatformEngineer(person) ||
    owners.some(owner => person.groups.includes(owner));
  return mayOwn ? undefined : 'You must be a member of one of the owner groups';
}
