import {
  budgetProblems,
  endProblems,
  excessOf,
  lateEnds,
  type Plan,
  type Proposal,
  type TenantEnvironment,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { isDeepStrictEqual } from 'node:util';
import type { RequestFacts } from '../facts';
import type { TenantWork, Change } from './changes';
import { checkUsage } from './checkUsage';
import { requirePlan } from './proposedSpec';
import { renewalProblems } from './renewalProblems';
import { refuse, RequestFailedError } from './RequestFailedError';

type Renewal = Extract<Proposal<'renew'>, { environments: unknown }>;

/** How the environments of a tenant change. @throws RequestFailedError when they cannot */
export const changeEnvironments = {
  /** Refuses a plan that is too small for what the tenant has and uses. */
  checkPlan(
    wanted: Plan,
    { facts, spec }: { facts: RequestFacts; spec: TenantSpec },
  ): void {
    const { environments } = spec;
    refuse(budgetProblems(wanted, environments));
    // The present plan is not known here; all limits count as smaller.
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
      ...news.flatMap(one => excessOf(plan.spec, one)),
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
      done: `The tenant ${name} has the environments ${names}`,
    };
  },

  renew({ environments: renewals }: Renewal, about: TenantWork): Change {
    const { facts, name, now, request, spec } = about;
    const plan = requirePlan(facts.plan, spec.plan);
    for (const { name: environment, expiresAt } of renewals) {
      const present = spec.environments.find(one => one.name === environment);
      if (!present)
        throw new RequestFailedError(
          `The tenant ${name} has no environment "${environment}" to renew`,
        );
      refuse([
        ...renewalProblems(
          `The environment ${environment}`,
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
      done: `Renewed in the tenant ${name}: ${renewals
        .map(one => `${one.name} until ${one.expiresAt}`)
        .join(', ')}`,
    };
  },
};

/** All environments with some more; one that is there exactly so already was added by this request. */
function added(
  present: TenantEnvironment[],
  more: TenantEnvironment[],
): TenantEnvironment[] {
  const news = more.filter(one => {
    const old = present.find(({ name }) => name === one.name);
    if (old && !isDeepStrictEqual(old, one))
      throw new RequestFailedError(
        `There is an environment "${one.name}" already; choose another name, or propose all environments`,
      );
    return !old;
  });
  return [...present, ...news];
}
