import {
  coreKinds,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';

const namespace = 'bailiwick-system';
const apiGroup = 'rbac.authorization.k8s.io';

/** Creates a service account with the operator's rights; returns a token of it for ten minutes. */
export async function createAccount(
  client: KubeClient,
  name: string,
): Promise<string> {
  const { apiVersion, kind } = coreKinds.serviceAccounts;
  await client
    .resource(coreKinds.serviceAccounts)
    .create({ apiVersion, kind, metadata: { name, namespace } });
  await bind(client, name, 'ClusterRole');
  await bind(client, name, 'Role');
  const { status } = await client.request<{ status: { token: string } }>({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 600 },
    },
  });
  return status.token;
}

async function bind(
  client: KubeClient,
  name: string,
  kind: 'ClusterRole' | 'Role',
): Promise<void> {
  const isLocal = kind === 'Role';
  const type = isLocal ? coreKinds.roleBindings : coreKinds.clusterRoleBindings;
  const binding: KubeObject & { roleRef: object; subjects: object[] } = {
    apiVersion: type.apiVersion,
    kind: type.kind,
    metadata: { name, ...(isLocal && { namespace }) },
    roleRef: { apiGroup, kind, name: 'bailiwick:operator' },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
  await client.resource<KubeObject>(type).create(binding);
}
