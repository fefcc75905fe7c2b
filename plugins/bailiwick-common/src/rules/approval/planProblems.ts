import type { Plan } from '../../kinds/plan';
import type { TenantEnvironment, TenantSpec } from '../../kinds/tenant';
import {
  budgetOf,
  limitProblems,
  compareWithBudget,
  effectiveLimits,
  sumLimits,
} from '../quota/limits';
import { durationToMilliseconds } from '../../kinds/schema/duration';

type PlanSpec = Pick<Plan, 'spec'>;

/** Returns the parts of a tenant that its plan does not allow, `field: sentence`. @public */
export function planProblems(
  plan: PlanSpec,
  { environments, expiresAt }: Pick<TenantSpec, 'environments' | 'expiresAt'>,
  now: Date,
): string[] {
  return [
    ...budgetProblems(plan, environments),
    ...environments.flatMap(one => limitProblems(plan.spec, one)),
    ...environments.flatMap(one => endProblems(plan, one.expiresAt, now)),
    ...lateEnds(environments, expiresAt),
  ]
    .map(problem => `environments: ${problem}`)
    .concat(
      endProblems(plan, expiresAt, now).map(problem => `expiresAt: ${problem}`),
    );
}

/** Returns a sentence for each environment that would end after its tenant. @public */
export function lateEnds(
  environments: Pick<TenantEnvironment, 'expiresAt' | 'name'>[],
  tenantEnd: string | undefined,
): string[] {
  return environments.flatMap(({ expiresAt, name }) =>
    expiresAt && tenantEnd && Date.parse(expiresAt) > Date.parse(tenantEnd)
      ? `Environment ${name} would expire on ${expiresAt}, after its tenant (${tenantEnd}); choose an earlier date, or renew the tenant first`
      : [],
  );
}

/** Returns sentences about too many environments, or limits above the budget of a plan. @public */
export function budgetProblems(
  { spec: plan }: PlanSpec,
  environments: Pick<TenantEnvironment, 'limits' | 'name'>[],
): string[] {
  const { max } = plan.environments;
  if (environments.length > max)
    return [
      `Plan ${plan.title} allows at most ${max} ${
        max === 1 ? 'environment' : 'environments'
      }, and the request has ${
        environments.length
      }; remove some, or choose a larger plan`,
    ];
  const sum = sumLimits(environments.map(one => effectiveLimits(plan, one)));
  const { excess } = compareWithBudget(sum, budgetOf(plan));
  if (excess.length === 0) return [];
  return [
    `The environments exceed the budget of plan ${plan.title}: ${excess.join(
      ', ',
    )}; reduce their limits, or choose a larger plan`,
  ];
}

/** Returns sentences about an end that is in the past, or not allowed by the plan. @public */
export function endProblems(
  plan: PlanSpec,
  end: string | undefined,
  now: Date,
): string[] {
  if (!end) return [];
  if (Date.parse(end) <= now.getTime())
    return [`Expiry ${end} is in the past; choose a future date`];
  const latest = latestEnd(plan, now);
  if (!latest || Date.parse(end) <= Date.parse(latest)) return [];
  const { maxLifetime, title } = plan.spec;
  return [
    `Plan ${title} has a maximum lifetime of ${maxLifetime}; choose an expiry date no later than ${latest}, not ${end}`,
  ];
}

/** Returns the latest end that a plan allows, RFC 3339; `undefined` for a plan without a maximum lifetime. @public */
export function latestEnd(
  { spec: { maxLifetime } }: PlanSpec,
  now: Date,
): string | undefined {
  return maxLifetime
    ? new Date(
        now.getTime() + durationToMilliseconds(maxLifetime),
      ).toISOString()
    : undefined;
}
