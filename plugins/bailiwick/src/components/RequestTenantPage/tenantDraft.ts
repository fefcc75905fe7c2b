import {
  brokenRules,
  firstIssues,
  issueWords,
  readProposal,
  tenantNameRules,
  tenantNameTaken,
  tenantNameWaiting,
  type Plan,
  type ResourceName,
  type TenantEnvironment,
  type TenantRole,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountRule,
  readAmount,
  tenantRequestSchema,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import isEqual from 'fast-deep-equal';
import { nameMissing } from '../nameOf';
import { planProblem } from '../planProblem';

/** An environment that a person has chosen. */
export interface ChosenEnvironment {
  name: string;
  isProtected: boolean;
  /** `2027-01-31`; empty when it ends with the tenant. */
  ends: string;
  /** Limits as kinds store them; empty or absent for those of the plan. */
  limits: Partial<Record<ResourceName, string>>;
}

/** Input so far. */
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
  return { name, isProtected: false, ends: '', limits: {} };
}

/**
 * Adds environments with the next free names, or removes the last ones.
 *
 * @param names - names that the plan suggests; there are no more environments than names
 */
export function resizeEnvironments(
  environments: ChosenEnvironment[],
  count: number,
  names: string[],
): ChosenEnvironment[] {
  const free = names.filter(
    name => !environments.some(one => one.name === name),
  );
  return [...environments, ...free.map(chosen)].slice(0, Math.max(1, count));
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
const dayOf = (at = '') => at.slice(0, '2027-01-31'.length);

/** The environment that a person has chosen, as the tenant's spec has it. */
export function chosenSpec(draft: ChosenEnvironment): TenantEnvironment {
  const { ends, isProtected, name } = draft;
  const limits = Object.fromEntries(
    typedLimits(draft).map(([resource, text]) => [
      resource,
      readAmount(resource, text),
    ]),
  );
  return {
    name,
    cluster: 'local',
    protected: isProtected,
    ...(ends && { expiresAt: startOf(ends) }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

/** The first limit of an environment that is no amount, as a sentence; `undefined` when all are. */
export function limitProblem(draft: ChosenEnvironment): string | undefined {
  const wrong = typedLimits(draft).find(
    ([resource, text]) => readAmount(resource, text) === undefined,
  );
  return wrong && `${wrong[0]}: must be ${amountRule(wrong[0])}`;
}

/** The limits that are not empty. */
function typedLimits({ limits }: ChosenEnvironment) {
  return (Object.entries(limits) as [ResourceName, string][]).filter(
    ([, text]) => text !== '',
  );
}

/** Returns the choice from which {@link chosenSpec} creates an environment. */
export function chosenOf(environment: TenantEnvironment): ChosenEnvironment {
  const limits = Object.entries(environment.limits ?? {});
  return {
    name: environment.name,
    isProtected: environment.protected,
    ends: dayOf(environment.expiresAt),
    limits: Object.fromEntries(limits.map(([name, at]) => [name, String(at)])),
  };
}

/**
 * The draft that sends the same request; `undefined` when the form cannot show all of it, for example several owners
 * in a request that a program sent.
 */
export function draftOf({
  proposed,
  reason,
  target,
}: RequestView['spec']): TenantDraft | undefined {
  const spec = readProposal('create', proposed).proposal;
  if (!spec) return undefined;
  const { domains, environments, members, owners, plan, purpose, title } = spec;
  const draft: TenantDraft = {
    name: target.name,
    title,
    purpose,
    reason,
    owner: owners[0],
    plan,
    domains,
    environments: environments.map(chosenOf),
    members,
    costCentre: spec.costCentre ?? '',
    ends: dayOf(spec.expiresAt),
  };
  return isEqual(specOf(draft), spec) ? draft : undefined;
}

/** Returns the spec of a draft's tenant. */
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
  /** Problem with the name, found by the portal. */
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

/** Fields of the request by fields of the draft, in the order of the form. */
const requestFields = {
  title: 'title',
  name: 'name',
  purpose: 'purpose',
  owner: 'owners',
  plan: 'plan',
  members: 'members',
  environments: 'environments',
  ends: 'expiresAt',
  costCentre: 'costCentre',
  reason: 'reason',
} satisfies Partial<Record<keyof TenantDraft, string>>;

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
  const { name, reason } = draft;
  const spec = specOf(draft);
  const { error } = tenantRequestSchema.safeParse({ name, reason, spec });
  const issues = firstIssues(error);
  const specific: Partial<Record<keyof TenantDraft, string>> = {
    name: nameProblem(draft, inUse),
    environments: draft.environments.map(limitProblem).find(Boolean),
  };
  const fields = Object.keys(requestFields) as (keyof typeof requestFields)[];
  const problems = fields.map(field => {
    const asked = requestFields[field];
    const issue = issues.find(
      ({ path: [first, second] }) =>
        (first === 'spec' ? second : first) === asked,
    );
    const planned =
      plan &&
      (asked === 'environments' || asked === 'expiresAt') &&
      planProblem(plan, spec, now, asked);
    const missing = draft[field] === '' && 'must not be empty';
    return [
      field,
      specific[field] || (issue && (missing || issueWords(issue))) || planned,
    ];
  });
  return Object.fromEntries(problems.filter(([, problem]) => problem));
}
