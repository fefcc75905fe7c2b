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
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from './CatalogSubjects';
import { TenantProblems } from './TenantProblems';

/** Predicts the outcome of a tenant request. */
export class PreflightService {
  readonly #kubernetes: KubernetesService;
  readonly #problems: TenantProblems;

  constructor(options: {
    kubernetes: KubernetesService;
    subjects: CatalogSubjects;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#problems = new TenantProblems(options);
  }

  /** What is wrong with the name of a new tenant. */
  checkName(name: string): PreflightView {
    return { problems: this.#problems.ofName(name) };
  }

  /** What is wrong with a request for a tenant, whether a person may make it, and who decides. */
  async check(
    person: Person,
    { name, spec }: { name: string; spec: TenantSpec },
  ): Promise<PreflightView> {
    const problems = await this.#problems.of(name, spec);
    const refusal = refusalOf(person, spec);
    // Only members of a group learn how many tenants it has.
    return refusal
      ? { problems, refusal }
      : { problems, decision: this.#decision(person, name, spec) };
  }

  /** By the rules and facts by which the operator judges; `undefined` when there is no such plan. */
  #decision(
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
    const { plans, tenants } = this.#kubernetes.lists;
    const facts = requestFacts(asked, { plans, tenants: tenants.list() });
    const { plan } = facts;
    if (!plan) return undefined;
    const { decision, problems } = evaluateRules(
      plan.spec.approval.rules,
      facts,
    );
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
}

/** The same as the API server's policy on requests. */
function refusalOf(person: Person, { owners }: TenantSpec): string | undefined {
  const mayOwn =
    isPlatformEngineer(person) ||
    owners.some(owner => person.groups.includes(owner));
  return mayOwn
    ? undefined
    : 'You must be a member of a group that shall own the tenant';
}
