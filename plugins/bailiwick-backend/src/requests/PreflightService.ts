import {
  budgetOf,
  decidersOf,
  excessOf,
  fitsBudget,
  isPlatformEngineer,
  judge,
  limitsOf,
  sumLimits,
  tenantKind,
  validate,
  type Person,
  type Plan,
  type PreflightDecision,
  type PreflightView,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from './CatalogSubjects';
import { nameProblems, namesInUse } from './nameProblems';

/** Says what would become of a request for a tenant, as things are now. */
export class PreflightService {
  readonly #kubernetes: KubernetesService;
  readonly #subjects: CatalogSubjects;

  constructor(options: {
    kubernetes: KubernetesService;
    subjects: CatalogSubjects;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#subjects = options.subjects;
  }

  /** What is wrong with the name of a new tenant. */
  checkName(name: string): PreflightView {
    return { problems: this.#nameProblems(name) };
  }

  /** What is wrong with a request for a tenant, whether a person may make it, and who decides. */
  async check(
    person: Person,
    { name, spec }: { name: string; spec: TenantSpec },
  ): Promise<PreflightView> {
    const plan = this.#kubernetes.lists.plans.get(spec.plan);
    const subjects = [
      ...spec.owners,
      ...spec.members.map(({ subject }) => subject),
    ];
    const named = this.#nameProblems(name);
    const problems = [
      ...named,
      // Of a name, the sentences above say more.
      ...(named.length > 0
        ? []
        : validate(tenantKind, { metadata: { name }, spec })),
      ...(plan
        ? planProblems(plan, spec)
        : [`plan: There is no plan "${spec.plan}"; choose another`]),
      ...(await this.#subjects.findUnknown(subjects)),
    ];
    return {
      problems,
      refusal: refusalOf(person, spec),
      decision: plan && this.#decision(person, plan, name, spec),
    };
  }

  #nameProblems(name: string): string[] {
    return nameProblems(name, namesInUse(this.#kubernetes.lists)).map(
      problem => `name: ${problem}`,
    );
  }

  /** By the same rules and facts as the operator. */
  #decision(
    person: Person,
    plan: Plan,
    name: string,
    spec: TenantSpec,
  ): PreflightDecision {
    const tenantsOfOwner = this.#kubernetes.lists.tenants
      .list()
      .filter(
        ({ metadata, spec: { owners } }) =>
          !metadata.deletionTimestamp &&
          owners.some(owner => spec.owners.includes(owner)),
      ).length;
    const { rules } = plan.spec.approval;
    const { order, title } = plan.spec;
    const asked = {
      target: { kind: 'Tenant' as const, name },
      action: 'create' as const,
      proposed: { ...spec },
      reason: '',
      requestedBy: person.user,
    };
    const { decision, problems } = judge(rules, {
      request: {
        ...asked,
        target: name,
        tenantsOfOwner,
        to: { name: plan.metadata.name, order, title },
      },
      evidence: {
        tenantsOfOwner,
        members: spec.members.length,
        environments: spec.environments.length,
      },
    });
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

function planProblems(
  { spec: plan }: Plan,
  { environments }: TenantSpec,
): string[] {
  const { max } = plan.environments;
  const sum = sumLimits(environments.map(one => limitsOf(plan, one)));
  const { excess } = fitsBudget(sum, budgetOf(plan));
  return [
    ...(environments.length > max
      ? [
          `environments: The plan ${plan.title} allows ${max}, ${environments.length} were asked for`,
        ]
      : []),
    ...environments.flatMap(one => excessOf(plan, one)),
    ...(excess.length > 0
      ? [
          `environments: Together they have more than the budget of the plan ${
            plan.title
          }: ${excess.join(', ')}`,
        ]
      : []),
  ];
}
