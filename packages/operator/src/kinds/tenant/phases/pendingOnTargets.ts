import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  pendingTarget,
  type PhaseState,
  type Placement,
} from '../../../placement';

/** Returns why a tenant being deleted waits for a target; `undefined` when it does not. */
export function pendingOnTargets(
  placement: Pick<Placement, 'targets'>,
  { metadata, spec, status }: Tenant,
): PhaseState | undefined {
  const pending = pendingTarget(
    placement,
    [
      ...spec.environments.map(({ cluster }) => cluster),
      ...(status?.clusters ?? []),
    ],
    ({ namespaces }) => namespaces.index('tenant', metadata.name),
  );
  if (!pending) return undefined;
  const { connectivity, name } = pending.target;
  const names = pending.objects?.map(one => one.metadata.name).join(', ');
  if (names)
    return {
      status: 'False',
      reason: 'NamespacesTerminating',
      message: `Waiting for the deletion of ${names} on cluster ${name}`,
    };
  const why =
    connectivity.phase === 'unreachable'
      ? `, unreachable since ${connectivity.since}: objects of the tenant may remain there. If the cluster no longer exists, ask the platform team to delete the Cluster ${name}; objects there are not cleaned up`
      : ', which may still have objects of the tenant';
  return {
    status: 'False',
    reason: 'ClusterAway',
    message: `Waiting for cluster ${name}${why}`,
  };
}
