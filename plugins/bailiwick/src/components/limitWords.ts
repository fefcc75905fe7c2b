import {
  nounFor,
  quantityToNumber,
  resourceNames,
  resources,
  type Amounts,
  type ResourceName,
} from '@bailiwick/backstage-plugin-bailiwick-common';

const [mib, gib] = [2 ** 20, 2 ** 30];

/** At most two decimals. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Cores for people: `100m` is `0.1`. */
export function cpuWords(quantity: string): string {
  return short(quantityToNumber(quantity));
}

/** Bytes for people: `4Gi` is `4 GiB`, `128Mi` is `128 MiB`. */
export function bytesWords(quantity: string): string {
  const bytes = quantityToNumber(quantity);
  return bytes !== 0 && bytes < gib
    ? `${short(bytes / mib)} MiB`
    : `${short(bytes / gib)} GiB`;
}

/** An amount of a resource with its unit, without its name: `4 GiB`, `0.5`. */
export function unitWords(
  resource: ResourceName,
  amount: number | string,
): string {
  return resources[resource].unit === 'bytes'
    ? bytesWords(`${amount}`)
    : cpuWords(`${amount}`);
}

/** The limits of an environment for people: `2 CPU, 4 GiB memory, …`. */
export function limitWords(limits: Partial<Amounts>): string {
  return resourceNames
    .flatMap(name => {
      const amount = limits[name];
      return amount === undefined
        ? []
        : `${unitWords(name, amount)} ${nounFor(resources[name].noun, amount)}`;
    })
    .join(', ');
}
