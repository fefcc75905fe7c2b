import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { appChildren } from '../../../cache';
import {
  pendingTarget,
  remoteClusterOf,
  type PhaseState,
  type Placement,
  type Target,
} from '../../../placement';

/** Returns why an app being deleted waits for a target; `undefined` when it does not. */
export function pendingOnTargets(
  placement: Pick<Placement, 'caches' | 'targets'>,
  tenantName: string,
  { metadata, spec, status }: App,
): PhaseState | undefined {
  const tenant = placement.caches.tenants.get(tenantName);
  const environments = [...spec.environments, ...(status?.environments ?? [])];
  const pending = pendingTarget(
    placement,
    environments.map(
      ({ name }) => remoteClusterOf(placement, tenant, name)?.cluster,
    ),
    caches => appChildren(caches, tenantName, metadata.name),
  );
  if (!pending) return undefined;
  const { objects, target } = pending;
  return objects
    ? {
        status: 'False',
        reason: 'Deleting',
        message: `Waiting for the deletion of ${objects.length} objects on cluster ${target.name}`,
      }
    : {
        status: 'False',
        reason: 'ClusterAway',
        message: unreachableMessage(target),
      };
}

function unreachableMessage({ connectivity, name }: Target): string {
  return connectivity.phase === 'unreachable'
    ? `Waiting for cluster ${name}, unreachable since ${connectivity.since}: the app's objects there are deleted when it is reachable again. If the cluster no longer exists, ask the platform team to delete the Cluster ${name}`
    : `Waiting for cluster ${name}`;
}
