import {
  brokenRules,
  tenantNameRules,
  tenantNameTaken,
  tenantNameWaiting,
  type Plan,
  type TenantEnvironment,
  type TenantRole,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { nameMissing } from '../nameOf';
import { planProblem } from '../planProblem';

/** An environment that a person has chosen. */
export interface ChosenEnvironment {
  name: string;
  isProtected: boolean;
  /** `2027-01-31`; empty when it ends with the tenant. */
  ends: string;
}

/** What a person has filled in so far. */
export interface TenantDraft {
  name: string;
  title: string;
  purpose: string;
  reason: string;
  owner: string;
  plan: string;
  domains: string[];
  environments: ChosenEnvironment[];
  members: { subject: string; role: TenantRole }[];
  costCentre: string;
  /** `2027-01-31`; empty for the longest that the plan allows. */
  ends: string;
}

/** An environment as it is when one chooses it. */
export function chosen(name: string): ChosenEnvironment {
  return { name, isProtected: false, ends: '' };
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
    environments: [chosen('dev')],
    members: [],
    costCentre: '',
    ends: '',
  };
}

const startOf = (day: string) => `${day}T00:00:00.000Z`;

/** The environment that a person has chosen, as the tenant's spec has it. */
export function chosenSpec({
  ends,
  isProtected,
  name,
}: ChosenEnvironment): TenantEnvironment {
  return {
    name,
    cluster: 'local',
    protected: isProtected,
    ...(ends && { expiresAt: startOf(ends) }),
  };
}

/** Spec of the tenant that a draft asks for. */
export function specOf(draft: TenantDraft): TenantSpec {
  const { domains, environments, members, owner, plan, purpose, title } = draft;
  const costCentre = draft.costCentre.trim();
  return {
    title,
    purpose,
    owners: [owner],
    members,
    plan,
    domains,
    environments: environments.map(chosenSpec),
    ...(costCentre && { costCentre }),
    ...(draft.ends && { expiresAt: startOf(draft.ends) }),
    deletionProtection: true,
  };
}

/** Names that a new tenant cannot have, as far as they are known here. */
export interface NamesInUse {
  tenants: string[];
  /** Names that open requests ask for. */
  waiting: string[];
  /** What the portal says against the name. */
  problem?: string;
}

function nameProblem(
  { name, title }: TenantDraft,
  inUse: NamesInUse,
): string | undefined {
  if (name === '') return nameMissing('tenant', title);
  const [broken] = brokenRules(tenantNameRules, name);
  if (broken) return broken;
  if (inUse.tenants.includes(name)) return tenantNameTaken(name);
  if (inUse.waiting.includes(name)) return tenantNameWaiting(name);
  return inUse.problem;
}

/**
 * Messages by field, in the order of the form and in the words of the API server; empty when the
 * draft can be sent.
 */
export function problemsOf(
  draft: TenantDraft,
  plan: Plan | undefined,
  inUse: NamesInUse,
  now = Date.now(),
): Partial<Record<keyof TenantDraft, string>> {
  const long = (text: string, max: number) =>
    text.length > max
      ? `can have at most ${max} characters; it has ${text.length}`
      : undefined;
  const missing = (text: string, max = Infinity) =>
    text.trim() === '' ? 'must not be empty' : long(text, max);
  const spec = specOf(draft);
  const planned = (field: 'environments' | 'expiresAt') =>
    plan && planProblem(plan, spec, now, field);
  const problems = {
    title: missing(draft.title, 80),
    name: nameProblem(draft, inUse),
    purpose: missing(draft.purpose, 500),
    owner: missing(draft.owner),
    plan: missing(draft.plan),
    environments:
      draft.environments.length === 0
        ? 'needs at least one environment'
        : planned('environments'),
    ends: planned('expiresAt'),
    costCentre: long(draft.costCentre, 40),
    reason: missing(draft.reason, 500),
  };
  return Object.fromEntries(
    Object.entries(problems).filter(([, problem]) => problem),
  );
}
