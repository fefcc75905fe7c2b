import {
  brokenRules,
  environmentNameRules,
  type Plan,
  type TenantEnvironment,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { planProblem } from '../../planProblem';

/** An environment as a person fills it in. */
export interface EnvironmentDraft {
  name: string;
  isProtected: boolean;
  /** `2027-01-31`; empty when it ends with the tenant. */
  ends: string;
  /** Quantities; empty for what the plan gives. */
  cpu: string;
  memory: string;
  storage: string;
}

/** The draft that the form starts with. */
export function emptyEnvironment(name: string): EnvironmentDraft {
  return {
    name,
    isProtected: false,
    ends: '',
    cpu: '',
    memory: '',
    storage: '',
  };
}

/** The environment that a draft asks for. */
export function environmentOf(draft: EnvironmentDraft): TenantEnvironment {
  const limits = Object.fromEntries(
    (['cpu', 'memory', 'storage'] as const)
      .filter(field => draft[field] !== '')
      .map(field => [field, draft[field]]),
  );
  return {
    name: draft.name,
    cluster: 'local',
    protected: draft.isProtected,
    ...(draft.ends && { expiresAt: `${draft.ends}T00:00:00.000Z` }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

const quantity = /^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/;

/** Why an environment cannot be added, in the words of the API server and with numbers; the first reason. */
export function environmentProblem(
  draft: EnvironmentDraft,
  tenant: Pick<TenantSpec, 'environments' | 'expiresAt'>,
  plan: Plan | undefined,
  now: number,
): string | undefined {
  const [broken] = brokenRules(environmentNameRules, draft.name);
  if (draft.name === '') return 'Give the environment a name';
  if (broken) return broken;
  if (tenant.environments.some(({ name }) => name === draft.name))
    return `There is an environment "${draft.name}" already`;
  const wrong = (['cpu', 'memory', 'storage'] as const).find(
    field => draft[field] !== '' && !quantity.test(draft[field]),
  );
  if (wrong) return `${wrong}: must be a quantity such as 500m, 2 or 4Gi`;
  const environments = [...tenant.environments, environmentOf(draft)];
  return plan && planProblem(plan, { ...tenant, environments }, now);
}
