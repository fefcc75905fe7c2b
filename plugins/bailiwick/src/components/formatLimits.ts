import {
  resourceNames,
  resources,
  type Amounts,
  type ResourceName,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  nounFor,
  quantityToNumber,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  formatBytes,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';

/** Formats cores with at most two decimals: `100m` is `0.1`. */
export function formatCpu(quantity: string): string {
  return String(Math.round(quantityToNumber(quantity) * 100) / 100);
}

/** Formats a quantity of bytes: `4Gi` is `4 GiB`, `128Mi` is `128 MiB`. */
export function formatByteQuantity(quantity: string): string {
  return formatBytes(quantityToNumber(quantity));
}

/** Formats an amount of a resource with its unit, without its name: `4 GiB`, `0.5`. */
export function formatUnit(
  resource: ResourceName,
  amount: number | string,
): string {
  return resources[resource].unit === 'bytes'
    ? formatByteQuantity(`${amount}`)
    : formatCpu(`${amount}`);
}

/** Formats the limits of an environment: `2 CPU, 4 GiB memory, …`. */
export function formatLimits(limits: Partial<Amounts>): string {
  return resourceNames
    .flatMap(name => {
      const amount = limits[name];
      return amount === undefined
        ? []
        : withUnit(
            formatUnit(name, amount),
            nounFor(resources[name].noun, amount),
          );
    })
    .join(', ');
}
