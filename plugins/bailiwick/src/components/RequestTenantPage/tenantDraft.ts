import {
  brokenRules,
  tenantNameRules,
  tenantNameTaken,
  tenantNameWaiting,
  type Plan,
  type TenantRole,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { nameMissing } from '../nameOf';

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

function nameProblem(
  { name, title }: TenantDraft,
  inUse: NamesInUse,
): string | undefined {
  if (name === '') return nameMissing('tenant', title);
  const [broken] = brokenRules(tenantNameRules, name);
  if (broken) return broken;
  if (inUse.tenants.includes(name)) return tenantNameTaken(name);
  return inUse.waiting.includes(name) ? tenantNameWaiting(name) : undefined;
}

function environmentsProblem(
  { length }: string[],
  plan: Plan | undefined,
): string | undefined {
  if (length === 0) return 'needs at least one environment';
  const most = plan?.spec.environments.max ?? length;
  const environments = most === 1 ? 'environment' : 'environments';
  return length > most
    ? `The plan allows ${most} ${environments}, you chose ${length}`
    : undefined;
}

/**
 * Messages by field, in the order of the form and in the words of the API server; empty when the
 * draft can be sent.
 */
export function problemsOf(
  draft: TenantDraft,
  plan: Plan | undefined,
  inUse: NamesInUse,
): Partial<Record<keyof TenantDraft, string>> {
  const missing = (text: string, max = Infinity) => {
    if (text.trim() === '') return 'must not be empty';
    return text.length > max
      ? `may have at most ${max} characters, this has ${text.length}`
      : undefined;
  };
  const problems = {
    title: missing(draft.title, 80),
    name: nameProblem(draft, inUse),
    purpose: missing(draft.purpose, 500),
    owner: missing(draft.owner),
    plan: missing(draft.plan),
    environments: environmentsProblem(draft.environments, plan),
    reason: missing(draft.reason, 500),
  };
  return Object.fromEntries(
    Object.entries(problems).filter(([, problem]) => problem),
  );
}
