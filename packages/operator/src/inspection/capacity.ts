import type { Node } from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { amountToNumber } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Capacity = NonNullable<NonNullable<Cluster['status']>['capacity']>;

const mebibyte = 2 ** 20;

/** Returns the allocatable resources of all nodes together. */
export function capacityOf(nodes: Node[]): Capacity {
  const sum = (resource: string) =>
    nodes
      .map(({ status }) => amountToNumber(status?.allocatable?.[resource]))
      .reduce((total, amount) => total + amount, 0);
  return {
    cpu: `${Math.round(sum('cpu') * 1000)}m`.replace(/000m$/, ''),
    memory: `${Math.floor(sum('memory') / mebibyte)}Mi`,
    pods: sum('pods'),
  };
}
