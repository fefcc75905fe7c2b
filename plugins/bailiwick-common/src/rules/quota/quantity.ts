const factors: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/**
 * Reads a Kubernetes quantity such as `500m` or `4Gi` in its base unit (cores, bytes, objects);
 * `undefined` when the text is no quantity.
 *
 * @public
 */
export function parseQuantity(text: string): number | undefined {
  const [, digits, suffix = ''] =
    /^([0-9]+(?:\.[0-9]+)?)(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  // Thousandths are the finest that Kubernetes keeps, and make sums exact.
  return Math.round(Number(digits) * factors[suffix] * 1000) / 1000;
}

/**
 * Reads a Kubernetes quantity as {@link parseQuantity} does.
 *
 * @throws Error when the text is no quantity
 * @public
 */
export function quantityToNumber(quantity: string): number {
  const number = parseQuantity(quantity);
  if (number === undefined) throw new Error(`"${quantity}" is not a quantity`);
  return number;
}

/** Used divided by limit, 0 when the limit is 0. @public */
export function ratio(used: string, limit: string): number {
  const most = quantityToNumber(limit);
  return most === 0 ? 0 : quantityToNumber(used) / most;
}
