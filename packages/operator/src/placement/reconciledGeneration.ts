import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from './Placement';
import { remoteClusterOf } from './remoteClusters';
import type { Target } from './Target';

/**
 * Returns the generation of an object that all connected targets have reconciled; the one in its status until
 * then.
 *
 * @param environments - names of its environments
 * @param reportOn - finds the report of a target about the object
 */
export function reconciledGeneration(
  placement: Pick<Placement, 'caches' | 'targets'>,
  tenant: Pick<Tenant, 'spec'> | undefined,
  object: KubeObject & { status?: { observedGeneration?: number } },
  environments: string[],
  reportOn: (target: Target) => { generation: number } | undefined,
): number {
  const { generation = 0 } = object.metadata;
  const isObserved = environments.every(environment => {
    const { target } = remoteClusterOf(placement, tenant, environment) ?? {};
    if (!target?.isConnected) return true;
    return (reportOn(target)?.generation ?? 0) >= generation;
  });
  return isObserved ? generation : object.status?.observedGeneration ?? 0;
}
