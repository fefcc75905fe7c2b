/** Joins an amount and its unit with a space at which lines do not break: `12 ms`. */
export function withUnit(amount: number | string, unit: string): string {
  return `${amount}\u00a0${unit}`;
}
