import type { Plan } from '../../kinds/plan';
import type { TenantEnvironment, TenantSpec } from '../../kinds/tenant';
import {
  budgetOf,
  excessOf,
  fitsBudget,
  limitsOf,
  sumLimits,
} from '../quota/limits';
import { durationToMilliseconds } from '../../kinds/schema/duration';

type PlanSpec = Pick<Plan, 'spec'>;

/** Sentences about what a tenant asks for and its plan does not allow, `field: sentence`. */
export function planProblems(
  plan: PlanSpec,
  { environments, expiresAt }: Pick<TenantSpec, 'environments' | 'expiresAt'>,
  now: Date,
): string[] {
  return [
    ...budgetProblems(plan, environments),
    ...environments.flatMap(one => excessOf(plan.spec, one)),
    ...environments.flatMap(one => endProblems(plan, one.expiresAt, now)),
    ...lateEnds(environments, expiresAt),
  ]
    .map(problem => `environments: ${problem}`)
    .concat(
      endProblems(plan, expiresAt, now).map(problem => `expiresAt: ${problem}`),
    );
}

/** Sentences about environments that would end after their tenant. */
export function lateEnds(
  environments: Pick<TenantEnvironment, 'expiresAt' | 'name'>[],
  tenantEnd: string | undefined,
): string[] {
  return environments.flatMap(({ expiresAt, name }) =>
    expiresAt && tenantEnd && Date.parse(expiresAt) > Date.parse(tenantEnd)
      ? `The environment ${name} would end on ${expiresAt}, after its tenant, which ends on ${tenantEnd}; choose an earlier end, or renew the tenant first`
      : [],
  );
}

/** Sentences about environments that are too many, or all together more than the budget of a plan. */
export function budgetProblems(
  { spec: plan }: PlanSpec,
  environments: Pick<TenantEnvironment, 'limits' | 'name'>[],
): string[] {
  const { max } = plan.environments;
  if (environments.length > max)
    return [
      `The plan ${plan.title} allows at most ${max} ${
        max === 1 ? 'environment' : 'environments'
      }, and ${environments.length} are asked for`,
    ];
  const sum = sumLimits(environments.map(one => limitsOf(plan, one)));
  const { excess } = fitsBudget(sum, budgetOf(plan));
  if (excess.length === 0) return [];
  return [
    `All environments together would have more than the budget of the plan ${
      plan.title
    }: ${excess.join(', ')}; ask for smaller limits, or for a larger plan`,
  ];
}

/** Sentences about an end that has passed, or that a plan does not allow. */
export function endProblems(
  plan: PlanSpec,
  end: string | undefined,
  now: Date,
): string[] {
  if (!end) return [];
  if (Date.parse(end) <= now.getTime())
    return [`The end ${end} has passed already; choose one in the future`];
  const latest = latestEnd(plan, now);
  if (!latest || Date.parse(end) <= Date.parse(latest)) return [];
  const { maxLifetime, title } = plan.spec;
  return [
    `The plan ${title} ends after ${maxLifetime} at the latest: choose an end until ${latest}, not ${end}`,
  ];
}

/** When something with a plan ends at the latest, RFC 3339; `undefined` for a plan without an end. */
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
