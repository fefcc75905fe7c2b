import {
  tenantKind,
  validate,
  type Plan,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { planProblems } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from '../authorization';
import { nameProblems, namesInUse } from './nameProblems';

/** Services for checking a requested tenant. */
export interface TenantCheckServices {
  kubernetes: KubernetesService;
  subjects: CatalogSubjects;
}

/**
 * Returns the problems with the name of a new tenant, as `name: sentence`.
 *
 * @param replaces - name of the request that the new one replaces
 */
export function tenantNameProblems(
  { kubernetes }: Pick<TenantCheckServices, 'kubernetes'>,
  name: string,
  replaces?: string,
): string[] {
  return nameProblems(name, namesInUse(kubernetes.lists, replaces)).map(
    problem => `name: ${problem}`,
  );
}

/** Everything that is wrong with a new tenant, `field: sentence`; in the preflight and when it is requested. */
export async function tenantProblems(
  { kubernetes, subjects }: TenantCheckServices,
  name: string,
  spec: TenantSpec,
  replaces?: string,
): Promise<string[]> {
  const { plans } = kubernetes.lists;
  const plan = plans.get(spec.plan);
  const named = tenantNameProblems({ kubernetes }, name, replaces);
  return [
    ...named,
    // The sentences above are more specific about names.
    ...(named.length > 0
      ? []
      : validate(tenantKind, { metadata: { name }, spec })),
    ...(plan
      ? planProblems(plan, spec, new Date())
      : [missingPlan(spec.plan, plans.list())]),
    ...(await subjects.findUnknown(subjectsIn(spec))),
  ];
}

function missingPlan(name: string, plans: Plan[]): string {
  const names = plans
    .toSorted((one, other) => one.spec.order - other.spec.order)
    .map(({ metadata }) => metadata.name);
  const choice = names.length > 0 ? `one of ${names.join(', ')}` : 'another';
  return `plan: Plan "${name}" was not found; choose ${choice}`;
}

/** The people and groups that a tenant, or a change of one, names. */
export function subjectsIn({
  members = [],
  owners = [],
}: Partial<TenantSpec>): string[] {
  return [...owners, ...members.map(({ subject }) => subject)];
}
