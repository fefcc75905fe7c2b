import {
  dropFinalizer,
  type Namespace,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { isCurrent, staying } from '../../../apply';
import { waitingElsewhere } from '../remoteEnvironments';
import type { PhaseState, Scope } from '../../../placement';

/**
 * Deletes everything that belongs to a tenant, then lets the tenant go.
 *
 * @returns what it still waits for, `undefined` when the tenant is gone or not to be deleted at all
 */
export async function removeTenant(
  scope: Scope,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<PhaseState | undefined> {
  const { applier, caches } = scope;
  const { name } = tenant.metadata;
  const namespaces = caches.namespaces.index('tenant', name);
  // Home goes with the others: its apps clean up after themselves.
  const isSure =
    staying(namespaces).length === 0 ||
    (await isCurrent(caches.tenants, tenant, signal));
  if (!isSure) return undefined;
  await applier.remove(namespaces, signal);
  const waiting = waitingElsewhere(scope, tenant);
  // Its home cannot go either while apps of it wait for a cluster.
  if (waiting?.reason === 'ClusterAway') return waiting;
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

/** A namespace with everything that Kubernetes says about why it does not go. */
function describe({ metadata, status }: Namespace): string {
  const obstacles = (status?.conditions ?? [])
    .filter(
      ({ type, status: isTrue }) =>
        isTrue === 'True' &&
        ['NamespaceContentRemaining', 'NamespaceFinalizersRemaining'].includes(
          type,
        ),
    )
    .map(({ message }) => message);
  return obstacles.length > 0
    ? `${metadata.name} (${obstacles.join('; ')})`
    : metadata.name;
}
