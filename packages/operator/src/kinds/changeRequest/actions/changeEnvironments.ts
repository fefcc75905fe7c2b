import type {
  Plan,
  Proposal,
  TenantEnvironment,
  TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  budgetProblems,
  endProblems,
  limitProblems,
  lateEnds,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { isDeepStrictEqual } from 'node:util';
import type { RequestFacts } from '../facts';
import type { Change, TenantWork } from './Change';
import { checkUsage } from './checkUsage';
import { requirePlan } from './proposedSpec';
import { renewalProblems } from './renewalProblems';
import { refuse, ActionFailedError } from './ActionFailedError';

type Renewal = Extract<Proposal<'renew'>, { environments: unknown }>;

/** Changes to the environments of a tenant. @throws ActionFailedError for an invalid change */
export const changeEnvironments = {
  /** Refuses a plan that is smaller than the environments or the usage of the tenant. */
  checkPlan(
    wanted: Plan,
    { facts, spec }: { facts: RequestFacts; spec: TenantSpec },
  ): void {
    const { environments } = spec;
    refuse(budgetProblems(wanted, environments));
    // The present plan is unknown here, so all limits count as reduced.
    checkUsage(
      { plan: undefined, spec },
      { plan: wanted, environments },
      facts.usedIn,
    );
  },

  set(proposal: Proposal<'setEnvironments'>, about: TenantWork): Change {
    const { facts, name, now, spec } = about;
    const environments =
      'add' in proposal
        ? added(spec.environments, proposal.add)
        : proposal.environments;
    const plan = requirePlan(facts.plan, spec.plan);
    const known = (one: TenantEnvironment) =>
      spec.environments.some(present => isDeepStrictEqual(present, one));
    const news = environments.filter(one => !known(one));
    refuse([
      ...news.flatMap(one => limitProblems(plan.spec, one)),
      ...lateEnds(news, spec.expiresAt),
      ...facts.missingClusters(news),
      ...budgetProblems(plan, environments),
    ]);
    checkUsage({ plan, spec }, { plan, environments }, facts.usedIn);
    for (const { name: environment, expiresAt } of news) {
      const present = spec.environments.find(one => one.name === environment);
      if (present?.expiresAt === expiresAt) continue;
      refuse(endProblems(plan, expiresAt, now));
    }
    const names = environments.map(one => one.name).join(', ');
    return {
      patch: { environments },
      before: { environments: spec.environments },
      done: `Tenant ${name} has the environments ${names}`,
    };
  },

  renew({ environments: renewals }: Renewal, about: TenantWork): Change {
    const { facts, name, now, request, spec } = about;
    const plan = requirePlan(facts.plan, spec.plan);
    for (const { name: environment, expiresAt } of renewals) {
      const present = spec.environments.find(one => one.name === environment);
      if (!present)
        throw new ActionFailedError(
          `Tenant ${name} has no environment "${environment}" to renew`,
        );
      refuse([
        ...renewalProblems(
          `Environment ${environment}`,
          present.expiresAt,
          expiresAt,
          request,
        ),
        ...endProblems(plan, expiresAt, now),
        ...lateEnds([{ name: environment, expiresAt }], spec.expiresAt),
      ]);
    }
    const renewalOf = (environment: string) =>
      renewals.find(one => one.name === environment);
    const renewed = spec.environments.filter(one => renewalOf(one.name));
    return {
      patch: {
        environments: spec.environments.map(one => ({
          ...one,
          ...renewalOf(one.name),
        })),
      },
      before: {
        environments: renewed.map(({ name: environment, expiresAt }) => ({
          name: environment,
          ...(expiresAt && { expiresAt }),
        })),
      },
      done: `Renewed environments of tenant ${name}: ${renewals
        .map(one => `${one.name} until ${one.expiresAt}`)
        .join(', ')}`,
    };
  },
};

/**
 * Adds environments; an identical existing one was added by this request before an interruption.
 */
function added(
  present: TenantEnvironment[],
  more: TenantEnvironment[],
): TenantEnvironment[] {
  const news = more.filter(one => {
    const old = present.find(({ name }) => name === one.name);
    if (old && !isDeepStrictEqual(old, one))
      throw new ActionFailedError(
        `Environment "${one.name}" already exists; choose another name, or propose all environments`,
      );
    return !old;
  });
  return [...present, ...news];
}
