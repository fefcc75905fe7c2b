import {
  brokenRules,
  tenantNameRules,
  tenantNameTaken,
  tenantNameWaiting,
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
  environments: string[];
  members: { subject: string; role: TenantRole }[];
}

/** The draft that the form starts with. */
export function emptyDraft(): TenantDraft {
  return {
    name: '',
    title: '',
    purpose: '',
    reason: '',
    owner: '',
    plan: '',
    domains: [],
    environments: ['dev'],
    members: [],
  };
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
    environments: environments.map(name => ({
      name,
      cluster: 'local',
      protected: false,
    })),
    deletionProtection: true,
  };
}

/** Names that a new tenant cannot have, as far as they are known here. */
export interface NamesInUse {
  tenants: string[];
  /** Names that open requests ask for. */
  waiting: string[];
}

/** Messages by field, in the words of the API server; empty when the draft can be sent. */
export function problemsOf(
  draft: TenantDraft,
  plan: Plan | undefined,
  inUse: NamesInUse,
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
  if (draft.name === '') problems.name = 'Give the tenant a name';
  else if (broken) problems.name = broken;
  else if (inUse.tenants.includes(draft.name))
    problems.name = tenantNameTaken(draft.name);
  else if (inUse.waiting.includes(draft.name))
    problems.name = tenantNameWaiting(draft.name);
  const most = plan?.spec.environments.max;
  if (draft.environments.length === 0)
    problems.environments = 'needs at least one environment';
  if (most && draft.environments.length > most) {
    problems.environments = `The plan allows ${most} ${
      most === 1 ? 'environment' : 'environments'
    }, you chose ${draft.environments.length}`;
  }
  return problems;
}
