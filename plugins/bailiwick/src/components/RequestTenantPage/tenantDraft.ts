import {
  brokenRules,
  tenantNameMax,
  tenantNameRules,
  type Plan,
  type TenantRole,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** What a person has filled in so far. */
export interface TenantDraft {
  name: string;
  title: string;
  purpose: string;
  reason: string;
  owner: string;
  plan: string;
  domains: string[];
  environments: { name: string; protected: boolean }[];
  members: { subject: string; role: TenantRole }[];
}

/** The draft that the form starts with; `prod` is protected. */
export function emptyDraft(): TenantDraft {
  return {
    name: '',
    title: '',
    purpose: '',
    reason: '',
    owner: '',
    plan: '',
    domains: [],
    environments: [{ name: 'dev', protected: false }],
    members: [],
  };
}

/** A name made of a title: `Rates desk` becomes `rates-desk`. */
export function nameOf(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, tenantNameMax)
    .replace(/-+$/, '');
}

/** Spec of the tenant that a draft asks for. */
export function specOf(draft: TenantDraft): TenantSpec {
  const { domains, environments, members, owner, plan, purpose, title } = draft;
  return {
    title,
    purpose,
    owners: [owner],
    members,
    plan,
    domains,
    environments: environments.map(environment => ({
      ...environment,
      cluster: 'local',
    })),
    deletionProtection: true,
  };
}

/** Messages by field, in the words of the API server; empty when the draft can be sent. */
export function problemsOf(
  draft: TenantDraft,
  plan: Plan | undefined,
): Partial<Record<keyof TenantDraft, string>> {
  const problems: Partial<Record<keyof TenantDraft, string>> = {};
  for (const field of [
    'title',
    'purpose',
    'reason',
    'owner',
    'plan',
  ] as const) {
    if (draft[field].trim() === '') problems[field] = 'must not be empty';
  }
  const [broken] = brokenRules(tenantNameRules, draft.name);
  if (broken) problems.name = broken;
  const most = plan?.spec.environments.max;
  if (draft.environments.length === 0)
    problems.environments = 'needs at least one environment';
  if (most && draft.environments.length > most) {
    problems.environments = `The plan allows ${most} environments, you chose ${draft.environments.length}`;
  }
  return problems;
}
