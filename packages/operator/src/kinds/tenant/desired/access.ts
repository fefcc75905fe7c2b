import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  group,
  tenantRoles,
  type Tenant,
  type TenantEnvironment,
  type TenantRole,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { tenantLabels } from './tenantLabels';

const rbac = 'rbac.authorization.k8s.io';

/** Returns a binding for each role with subjects, in one of the tenant's namespaces. */
export function desiredRoleBindings(
  tenant: Tenant,
  namespace: string,
  environment?: string,
): Desired[] {
  return tenantRoles.flatMap(role => {
    const subjects = subjectsWith(tenant, role).map(toSubject);
    const name = `bailiwick:tenant-${role}`;
    return subjects.length === 0
      ? []
      : [
          {
            apiVersion: `${rbac}/v1`,
            kind: 'RoleBinding',
            metadata: {
              name,
              namespace,
              labels: tenantLabels(tenant.metadata.name, environment),
            },
            roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
            subjects,
          },
        ];
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
  const name = 'bailiwick:tenant-terminal';
  const isOpen = !isProtected && !tenant.spec.cordon;
  const people = isOpen
    ? [...subjectsWith(tenant, 'owner'), ...subjectsWith(tenant, 'builder')]
    : [];
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: {
      name,
      namespace: environmentNamespace(tenant.metadata.name, environment),
      labels: tenantLabels(tenant.metadata.name, environment),
    },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [...new Set([platformGroup, ...people])].map(toSubject),
  };
}

/** Returns the role and binding with which all members may read their cluster-scoped Tenant. */
export function desiredTenantReaders(tenant: Tenant): Desired[] {
  const { name: tenantName } = tenant.metadata;
  const metadata = {
    name: `bailiwick:tenant:${tenantName}`,
    labels: tenantLabels(tenantName),
  };
  const everybody = new Set(
    tenantRoles.flatMap(role => subjectsWith(tenant, role)),
  );
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata,
      rules: [
        {
          apiGroups: [group],
          resources: ['tenants'],
          resourceNames: [tenantName],
          verbs: ['get', 'list', 'watch'],
        },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: metadata.name },
      subjects: [...everybody].map(toSubject),
    },
  ];
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
