import type { Node } from '@bailiwick/backstage-kube-controller';
import {
  containerKey,
  nodeResources,
  resources,
  type Cluster,
  type ResourceRow,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToNumber,
  mapAmounts,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Capacity = NonNullable<NonNullable<Cluster['status']>['capacity']>;

const mebibyte = 2 ** 20;

/** Returns the allocatable resources of all nodes together, without optional ones that no node has. */
export function capacityOf(nodes: Node[]): Capacity {
  return mapAmounts(nodeResources, name => {
    const { isOptional, unit }: ResourceRow = resources[name];
    const sum = nodes
      .map(({ status }) =>
        amountToNumber(status?.allocatable?.[containerKey(name)]),
      )
      .reduce((total, amount) => total + amount, 0);
    if (isOptional && sum === 0) return undefined;
    if (unit === 'cores')
      return `${Math.round(sum * 1000)}m`.replace(/000m$/, '');
    return unit === 'bytes' ? `${Math.floor(sum / mebibyte)}Mi` : sum;
  }) as Capacity;
}
