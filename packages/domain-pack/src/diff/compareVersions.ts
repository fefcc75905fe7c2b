/**
 * Compares two versions (Semantic Versioning 2.0.0, item 11): positive if the first is later, negative if the second
 * is, otherwise 0.
 *
 * @public
 */
export function compareVersions(one: string, other: string): number {
  const [[numbers, labels], [otherNumbers, otherLabels]] = [one, other].map(
    parts,
  );
  const byNumbers = compareAll(numbers, otherNumbers);
  if (byNumbers !== 0) return byNumbers;
  // A version comes after those that were released for trying it.
  if (labels.length === 0 || otherLabels.length === 0)
    return otherLabels.length - labels.length;
  return compareAll(labels, otherLabels);
}

function parts(version: string): [numbers: string[], labels: string[]] {
  const [numbers, ...labels] = version.split('-');
  return [
    numbers.split('.'),
    labels.length === 0 ? [] : labels.join('-').split('.'),
  ];
}

function compareAll(ones: string[], others: string[]): number {
  const length = Math.min(ones.length, others.length);
  for (let place = 0; place < length; place += 1) {
    const order = compareOne(ones[place], others[place]);
    if (order !== 0) return order;
  }
  return ones.length - others.length;
}

/** Compares two identifiers: numbers by value and before all others, which are in ASCII order. */
function compareOne(one: string, other: string): number {
  const [isNumber, isOtherNumber] = [one, other].map(part =>
    /^[0-9]+$/.test(part),
  );
  if (isNumber && isOtherNumber) return Number(one) - Number(other);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return Number(one > other) - Number(one < other);
}
