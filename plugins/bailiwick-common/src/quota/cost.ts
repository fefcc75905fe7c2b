import type { Plan } from '../kinds/plan';
import type { LimitSum } from './limits';

/** Hours of a month, on average. */
const hoursPerMonth = 730;
const gib = 2 ** 30;

/** A sum of money. */
export interface Cost {
  /** ISO 4217 code. */
  currency: string;
  /** With two decimals. */
  amount: number;
}

/**
 * What limits cost a month by the prices of a plan, used or not; `undefined` when it has no prices.
 *
 * @param limits - of all environments together
 */
export function monthlyCost(
  { prices }: Plan['spec'],
  { cpu, memory, storage }: Pick<LimitSum, 'cpu' | 'memory' | 'storage'>,
): Cost | undefined {
  if (!prices) return undefined;
  const amount =
    cpu * Number(prices.cpuHour) * hoursPerMonth +
    (memory / gib) * Number(prices.memoryGiBHour) * hoursPerMonth +
    (storage / gib) * Number(prices.storageGiBMonth);
  return { currency: prices.currency, amount: Math.round(amount * 100) / 100 };
}
