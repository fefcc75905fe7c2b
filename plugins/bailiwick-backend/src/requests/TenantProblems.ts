import {
  tenantKind,
  validate,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { planProblems } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from './CatalogSubjects';
import { nameProblems, namesInUse } from './nameProblems';

/** Validates a requested tenant, in the preflight and when it is requested. */
export class TenantProblems {
  readonly #kubernetes: KubernetesService;
  readonly #subjects: CatalogSubjects;

  constructor(options: {
    kubernetes: KubernetesService;
    subjects: CatalogSubjects;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#subjects = options.subjects;
  }

  /** What is wrong with the name of a new tenant, `name: sentence`. */
  ofName(name: string): string[] {
    return nameProblems(name, namesInUse(this.#kubernetes.lists)).map(
      problem => `name: ${problem}`,
    );
  }

  /** Everything that is wrong with a new tenant, `field: sentence`. */
  async of(name: string, spec: TenantSpec): Promise<string[]> {
    const plan = this.#kubernetes.lists.plans.get(spec.plan);
    const named = this.ofName(name);
    return [
      ...named,
      // Of a name, the sentences above say more.
      ...(named.length > 0
        ? []
        : validate(tenantKind, { metadata: { name }, spec })),
      ...(plan
        ? planProblems(plan, spec, new Date())
        : [this.#missingPlan(spec.plan)]),
      ...(await this.#subjects.findUnknown(subjectsIn(spec))),
    ];
  }

  #missingPlan(name: string): string {
    const names = this.#kubernetes.lists.plans
      .list()
      .toSorted((one, other) => one.spec.order - other.spec.order)
      .map(({ metadata }) => metadata.name);
    const choice = names.length > 0 ? `one of ${names.join(', ')}` : 'another';
    return `plan: There is no plan "${name}"; choose ${choice}`;
  }
}

/** The people and groups that a tenant, or a change of one, names. */
export function subjectsIn({
  members = [],
  owners = [],
}: Partial<TenantSpec>): string[] {
  return [...owners, ...members.map(({ subject }) => subject)];
}
