import {
  coreKinds,
  type Desired,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

const rbac = 'rbac.authorization.k8s.io';

/** The tenant of Rita's team, in which Bea builds and Tom's group reads. */
export function aTenant(name = 'rates-desk'): Tenant {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Tenant',
    metadata: { name },
    spec: {
      title: 'Rates desk',
      purpose: 'Curves and prices for the morning meeting.',
      owners: ['group:default/rates'],
      members: [
        { subject: 'user:default/bea', role: 'builder' },
        { subject: 'group:default/traders', role: 'viewer' },
      ],
      plan: 'small',
      domains: ['market'],
      environments: [
        { name: 'dev', cluster: 'local', protected: false },
        { name: 'prod', cluster: 'local', protected: true },
      ],
      deletionProtection: false,
    },
  };
}

function toSubject(name: string) {
  const kind = name.startsWith('user:') ? 'User' : 'Group';
  return { apiGroup: rbac, kind, name };
}

function binding(namespace: string, role: string, subject: string): Desired {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: {
      name: `${role}-${subject.replace(/\W+/g, '-')}`,
      namespace,
    },
    roleRef: {
      apiGroup: rbac,
      kind: 'ClusterRole',
      name: `bailiwick:tenant-${role}`,
    },
    subjects: [toSubject(subject)],
  };
}

/** Allows members to read their Tenant object, which is cluster-scoped. */
async function createReaders(
  client: KubeClient,
  tenant: string,
  all: string[],
) {
  const name = `bailiwick:tenant:${tenant}`;
  const apiVersion = `${rbac}/v1`;
  const role = { apiVersion, kind: 'ClusterRole', metadata: { name } };
  const rules = [
    {
      apiGroups: ['bailiwick.dev'],
      resources: ['tenants'],
      resourceNames: [tenant],
      verbs: ['get', 'list', 'watch'],
    },
  ];
  await client.resource(coreKinds.clusterRoles).create({ ...role, rules });
  await client.resource(coreKinds.clusterRoleBindings).create({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: all.map(toSubject),
  });
}

/** Creates a tenant with its home namespace and its members' rights, as the operator would. */
export async function createTenant(
  client: KubeClient,
  tenant = aTenant(),
): Promise<Tenant> {
  const created = await client.resource<Tenant>(tenantKind).create(tenant);
  const namespace = homeNamespace(tenant.metadata.name);
  await client.resource(coreKinds.namespaces).create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  const { members, owners } = tenant.spec;
  const rights = [
    ...owners.map(subject => ({ subject, role: 'owner' })),
    ...members,
  ];
  for (const { role, subject } of rights) {
    await client
      .resource(coreKinds.roleBindings)
      .create(binding(namespace, role, subject));
  }
  await createReaders(
    client,
    tenant.metadata.name,
    rights.map(({ subject }) => subject),
  );
  return created;
}
