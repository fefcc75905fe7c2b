import type {
  Plan,
  TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  effectiveLimits,
  monthlyCost,
  sumLimits,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/**
 * Formats the monthly cost of environments by the prices of a plan: `€85.41 a month`.
 *
 * @param scope - words after it
 */
export function formatCost(
  plan: Plan,
  environments: Pick<TenantEnvironment, 'limits'>[],
  scope = '',
): string {
  const limits = environments.map(one => effectiveLimits(plan.spec, one));
  const cost = monthlyCost(plan.spec, sumLimits(limits));
  if (!cost) return 'The plan has no prices';
  const { amount, currency } = cost;
  const money = new Intl.NumberFormat('en', { style: 'currency', currency });
  return `${money.format(amount)} a month ${scope}`.trimEnd();
}
