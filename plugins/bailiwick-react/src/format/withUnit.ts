/**
 * Joins an amount and its unit with a space at which lines do not break: `12 ms`; percent signs follow directly.
 *
 * @public
 */
export function withUnit(amount: number | string, unit: string): string {
  return unit === '%' ? `${amount}%` : `${amount}\u00a0${unit}`;
}
