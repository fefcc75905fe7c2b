import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  homeNamespace,
  tenantRoles,
  type Access,
  type Tenant,
  type TenantEnvironment,
  type TenantRole,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { desiredObjectRole, rbac } from '../../../apply';
import { tenantLabels } from './tenantLabels';

/** Returns a binding for each role with subjects, in one of the tenant's namespaces. */
export function desiredRoleBindings(
  tenant: Tenant,
  namespace: string,
  environment?: string,
): Desired[] {
  return tenantRoles.flatMap(role => {
    const subjects = subjectsWith(tenant, role);
    return subjects.length === 0
      ? []
      : roleBinding(tenant, role, subjects, namespace, environment);
  });
}

/**
 * Returns the binding of those who may open a terminal in the pods of an environment: the platform
 * team, and unless it is protected or the tenant cordoned, owners and builders.
 */
export function desiredTerminalBinding(
  tenant: Tenant,
  { name: environment, protected: isProtected }: TenantEnvironment,
): Desired {
  const isOpen = !isProtected && !tenant.spec.cordon;
  const people = isOpen
    ? [...subjectsWith(tenant, 'owner'), ...subjectsWith(tenant, 'builder')]
    : [];
  return roleBinding(
    tenant,
    'terminal',
    [...new Set([platformGroup, ...people])],
    environmentNamespace(tenant.metadata.name, environment),
    environment,
  );
}

/**
 * Returns the binding with which people without membership create tokens for the apps that they can read; `undefined`
 * without such people.
 */
export function desiredReaderBinding(
  tenant: Tenant,
  accesses: readonly Access[],
): Desired | undefined {
  const users = [...new Set(accesses.map(({ user }) => user))];
  const namespace = homeNamespace(tenant.metadata.name);
  return users.length === 0
    ? undefined
    : roleBinding(tenant, 'reader', users, namespace, undefined);
}

function roleBinding(
  tenant: Tenant,
  role: TenantRole | 'reader' | 'terminal',
  subjects: string[],
  namespace: string,
  environment: string | undefined,
): Desired {
  const name = `bailiwick:tenant-${role}`;
  const labels = tenantLabels(tenant.metadata.name, environment);
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace, labels },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: subjects.map(toSubject),
  };
}

/** Returns the role and binding with which all members may read their cluster-scoped Tenant. */
export function desiredTenantReaders(tenant: Tenant): Desired[] {
  const { name } = tenant.metadata;
  const everybody = new Set(
    tenantRoles.flatMap(role => subjectsWith(tenant, role)),
  );
  return desiredObjectRole(
    { name: `bailiwick:tenant:${name}`, labels: tenantLabels(name) },
    { name, resource: 'tenants', verbs: ['get', 'list', 'watch'] },
    [...everybody].map(toSubject),
  );
}

function subjectsWith({ spec }: Tenant, role: TenantRole): string[] {
  const members = spec.members
    .filter(member => member.role === role)
    .map(({ subject }) => subject);
  return [...new Set([...(role === 'owner' ? spec.owners : []), ...members])];
}

function toSubject(name: string) {
  return {
    apiGroup: rbac,
    kind: name.startsWith('group:') ? 'Group' : 'User',
    name,
  };
}
