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
      message: `Waiting for the deletion of ${names} on the cluster ${name}`,
    };
  const why =
    connectivity.phase === 'unreachable'
      ? `: it is away since ${connectivity.since}. If it is gone for good, delete the Cluster ${name}, and what is there is left behind`
      : '';
  return {
    status: 'False',
    reason: 'ClusterAway',
    message: `Waiting for the cluster ${name}, where something of the tenant may be${why}`,
  };
}
