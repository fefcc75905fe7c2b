import {
  environmentNamespace,
  homeNamespace,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PhaseState, Placement } from '../../../placement';
import {
  grantedAccesses,
  desiredReaderBinding,
  desiredRoleBindings,
  desiredTenantReaders,
  desiredTerminalBinding,
} from '../desired';

/** Binds the roles of owners, members and people with access, and revokes those of others. */
export async function applyAccess(
  { applier, caches, now, target }: Placement,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<PhaseState> {
  const { name } = tenant.metadata;
  const inHome = target
    ? []
    : [
        ...desiredRoleBindings(tenant, homeNamespace(name)),
        desiredReaderBinding(tenant, grantedAccesses(caches, tenant, now())) ??
          [],
      ].flat();
  const bindings = [
    ...inHome,
    ...tenant.spec.environments.flatMap(environment => [
      ...desiredRoleBindings(
        tenant,
        environmentNamespace(name, environment.name),
        environment.name,
      ),
      desiredTerminalBinding(tenant, environment),
    ]),
  ];
  // Revoke before granting.
  await applier.prune(
    caches.children.RoleBinding.index('tenant', name),
    bindings,
    signal,
  );
  // The Tenant exists on the hub only.
  const [readers, ...readerBindings] = target
    ? []
    : desiredTenantReaders(tenant);
  await applier.apply([...(readers ? [readers] : []), ...bindings], signal);
  // The API server refuses to bind a role that does not exist.
  await applier.apply(readerBindings, signal);
  return {
    status: 'True',
    reason: 'AccessReady',
    message: 'Roles are bound',
  };
}
