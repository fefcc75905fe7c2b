const factors: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/**
 * The number that a Kubernetes quantity such as `500m` or `4Gi` stands for, in its base unit
 * (cores, bytes, pieces).
 *
 * @throws Error when it is not a quantity.
 */
export function quantityToNumber(quantity: string): number {
  const [, digits, suffix = ''] =
    quantity.match(/^([0-9]+(?:\.[0-9]+)?)(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/) ?? [];
  if (digits === undefined) throw new Error(`"${quantity}" is not a quantity`);
  return Number(digits) * factors[suffix];
}

/** Used divided by limit, 0 when the limit is 0. */
export function ratio(used: string, limit: string): number {
  const most = quantityToNumber(limit);
  return most === 0 ? 0 : quantityToNumber(used) / most;
}
