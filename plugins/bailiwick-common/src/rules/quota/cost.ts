import type { Plan } from '../../kinds/plan';
import {
  budgetedResources,
  resources,
  type ResourceRow,
} from '../../kinds/planResources';
import { unitSize } from './amounts';
import type { LimitSum } from './limits';

/** Hours of a month, on average. */
const hoursPerMonth = 730;

/** A sum of money. @public */
export interface Cost {
  /** ISO 4217 code. */
  currency: string;
  /** With two decimals. */
  amount: number;
}

/**
 * Returns the monthly cost of limits by the prices of a plan, regardless of usage; `undefined` if it has no prices.
 *
 * @param limits - limits of all environments together
 * @public
 */
export function monthlyCost(
  { prices }: Plan['spec'],
  limits: Partial<LimitSum>,
): Cost | undefined {
  if (!prices) return undefined;
  const priceOf: Record<string, string | undefined> = prices;
  const amount = budgetedResources.reduce((total, name) => {
    const { price }: ResourceRow = resources[name];
    if (!price) return total;
    const perMonth =
      Number(priceOf[price.field] ?? 0) *
      (price.per === 'hour' ? hoursPerMonth : 1);
    return total + ((limits[name] ?? 0) / unitSize(name)) * perMonth;
  }, 0);
  return { currency: prices.currency, amount: Math.round(amount * 100) / 100 };
}
