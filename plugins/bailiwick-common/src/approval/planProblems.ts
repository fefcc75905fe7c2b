import type { Plan } from '../kinds/plan';
import type { TenantSpec } from '../kinds/tenant';
import { budgetOf, excessOf, fitsBudget, limitsOf, sumLimits } from '../quota';
import { durationToMilliseconds } from '../schema/duration';

/** Sentences about what a tenant asks for and its plan does not allow, `field: sentence`. */
export function planProblems(
  { spec: plan }: Pick<Plan, 'spec'>,
  { environments, expiresAt }: Pick<TenantSpec, 'environments' | 'expiresAt'>,
  now: Date,
): string[] {
  const { max } = plan.environments;
  const sum = sumLimits(environments.map(one => limitsOf(plan, one)));
  const { excess } = fitsBudget(sum, budgetOf(plan));
  const tooMany = `The plan ${plan.title} allows at most ${max} environments, and ${environments.length} are asked for`;
  const tooLarge = `Together they have more than the budget of the plan ${
    plan.title
  }: ${excess.join(', ')}`;
  return [
    ...(environments.length > max ? [tooMany] : []),
    ...environments.flatMap(one => excessOf(plan, one)),
    ...(excess.length > 0 ? [tooLarge] : []),
    ...environments.flatMap(one => endProblems(plan, one.expiresAt, now)),
  ]
    .map(problem => `environments: ${problem}`)
    .concat(
      endProblems(plan, expiresAt, now).map(problem => `expiresAt: ${problem}`),
    );
}

function endProblems(
  { maxLifetime, title }: Plan['spec'],
  end: string | undefined,
  now: Date,
): string[] {
  if (!end) return [];
  if (Date.parse(end) <= now.getTime())
    return [`The end ${end} has passed already; choose one in the future`];
  if (!maxLifetime) return [];
  const latest = now.getTime() + durationToMilliseconds(maxLifetime);
  return Date.parse(end) > latest
    ? [
        `The plan ${title} ends after ${maxLifetime} at the latest: choose an end until ${new Date(
          latest,
        ).toISOString()}, not ${end}`,
      ]
    : [];
}
