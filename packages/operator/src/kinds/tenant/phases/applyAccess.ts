import {
  environmentNamespace,
  homeNamespace,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { PhaseState, Placement } from '../../../placement';
import {
  desiredRoleBindings,
  desiredTenantReaders,
  desiredTerminalBinding,
} from '../desired';

/** Gives owners and members their roles in all namespaces, and takes away those of others. */
export async function applyAccess(
  { applier, caches, target }: Placement,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<PhaseState> {
  const { name } = tenant.metadata;
  const bindings = [
    ...(target ? [] : desiredRoleBindings(tenant, homeNamespace(name))),
    ...tenant.spec.environments.flatMap(environment => [
      ...desiredRoleBindings(
        tenant,
        environmentNamespace(name, environment.name),
        environment.name,
      ),
      desiredTerminalBinding(tenant, environment),
    ]),
  ];
  // Rights are taken away before others are given.
  await applier.prune(
    caches.children.RoleBinding.index('tenant', name),
    bindings,
    signal,
  );
  // The Tenant itself is on the hub alone.
  const [readers, ...readerBindings] = target
    ? []
    : desiredTenantReaders(tenant);
  await applier.apply([...(readers ? [readers] : []), ...bindings], signal);
  // The API server refuses to bind a role that is not there.
  await applier.apply(readerBindings, signal);
  return {
    status: 'True',
    reason: 'AccessReady',
    message: 'Owners and members have their roles',
  };
}
