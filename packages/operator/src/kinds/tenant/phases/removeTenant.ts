import {
  dropFinalizer,
  type Namespace,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  labels,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { removeSurplus } from '../../../apply';
import type { PhaseState, Placement } from '../../../placement';
import { dropForeignFinalizers } from './dropForeignFinalizers';
import { pendingOnTargets } from './pendingOnTargets';

/**
 * Deletes all objects of a tenant, then removes its finalizer.
 *
 * @returns the obstacle of the deletion, `undefined` if the tenant is deleted or the cached one is outdated
 */
export async function removeTenant(
  placement: Placement,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<PhaseState | undefined> {
  const { applier, caches } = placement;
  const { name } = tenant.metadata;
  const namespaces = caches.namespaces.index('tenant', name);
  // The home namespace is deleted with the others: its apps have finalizers.
  const isSure = await removeSurplus(
    placement,
    caches.tenants,
    tenant,
    namespaces,
    signal,
  );
  if (!isSure) return undefined;
  const waiting = pendingOnTargets(placement, tenant);
  // The home namespace stays as well while its apps wait for a cluster.
  if (waiting?.reason === 'ClusterAway') return waiting;
  for (const { metadata } of namespaces.filter(isHeldHome))
    await dropForeignFinalizers(placement, metadata.name, signal);
  if (namespaces.length > 0) {
    return {
      status: 'False',
      reason: 'NamespacesTerminating',
      message: `Waiting for the deletion of ${namespaces
        .map(describe)
        .join(', ')}`,
    };
  }
  if (waiting) return waiting;
  const { ClusterRoleBinding, ClusterRole } = caches.children;
  await applier.remove(ClusterRoleBinding.index('tenant', name), signal);
  await applier.remove(ClusterRole.index('tenant', name), signal);
  await dropFinalizer(caches.tenants.resource, tenant, finalizer);
  return undefined;
}

/** Whether the home namespace of a tenant waits for finalizers of objects in it. */
function isHeldHome(namespace: Namespace): boolean {
  return (
    namespace.metadata.labels?.[labels.role] === 'home' &&
    obstaclesOf(namespace).some(
      ({ type }) => type === 'NamespaceFinalizersRemaining',
    )
  );
}

/** Describes a namespace with the conditions that block its deletion. */
function describe(namespace: Namespace): string {
  const { name } = namespace.metadata;
  const obstacles = obstaclesOf(namespace).map(({ message }) => message);
  return obstacles.length > 0 ? `${name} (${obstacles.join('; ')})` : name;
}

/** Returns the conditions that explain why a namespace is not deleted yet. */
function obstaclesOf({ status }: Namespace) {
  return (status?.conditions ?? []).filter(
    ({ type, status: isTrue }) =>
      isTrue === 'True' &&
      ['NamespaceContentRemaining', 'NamespaceFinalizersRemaining'].includes(
        type,
      ),
  );
}
