import type {
  Plan,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  budgetOf,
  compareWithBudget,
  effectiveLimits,
  sumLimits,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { PhaseState, Placement } from '../../../placement';
import {
  desiredEnvironmentQuota,
  desiredHomeQuota,
  desiredLimitRange,
} from '../desired';
import type { QuotaTracker } from './QuotaTracker';

/** Applies the limits of the plan; without a plan they stay unchanged. */
export async function applyLimits(
  placement: Placement,
  quotaTracker: QuotaTracker,
  tenant: Tenant,
  plan: Plan | undefined,
  signal: AbortSignal,
): Promise<PhaseState> {
  const { metadata, spec } = tenant;
  if (!plan) {
    return {
      status: 'False',
      reason: 'PlanNotFound',
      message: `Plan "${spec.plan}" was not found`,
    };
  }
  await placement.applier.apply(
    [
      ...(placement.target ? [] : [desiredHomeQuota(metadata.name, plan.spec)]),
      ...spec.environments.flatMap(environment => [
        desiredEnvironmentQuota(metadata.name, environment, plan.spec),
        desiredLimitRange(metadata.name, environment.name, plan.spec),
      ]),
    ],
    signal,
  );
  const uncounted = quotaTracker.findUncounted(tenant);
  if (uncounted) {
    await placement.applier.remove(uncounted.stuck, signal);
    quotaTracker.markRecreated(uncounted.stuck);
    return {
      status: 'False',
      reason: 'QuotaPending',
      message: `The cluster has not calculated the usage of ${uncounted.namespace} yet`,
    };
  }
  return {
    status: 'True',
    reason: 'LimitsReady',
    message: `The limits of plan ${plan.spec.title} apply${excessOver(
      plan,
      placement.caches.tenants.get(metadata.name) ?? tenant,
    )}`,
  };
}

/** Describes by how much a tenant exceeds the budget of a plan that was reduced. */
function excessOver({ spec: plan }: Plan, { spec }: Tenant): string {
  const limits = spec.environments.map(one => effectiveLimits(plan, one));
  const { excess } = compareWithBudget(sumLimits(limits), budgetOf(plan));
  return excess.length > 0
    ? `; the environments exceed its budget: ${excess.join(', ')}`
    : '';
}
