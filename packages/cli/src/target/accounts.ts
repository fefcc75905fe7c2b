import type { ApiServer, Desired } from '@bailiwick/backstage-kube-controller';

/** Namespace of Bailiwick on every cluster. */
export const systemNamespace = 'bailiwick-system';

/** A program of Bailiwick that works on other clusters. */
export interface Program {
  name: 'gateway' | 'operator' | 'portal';
  /** Namespace of the hub whose Secrets it reads. */
  secrets: string;
  /** In whose name it works there; its account has the rights itself when absent. */
  as?: string;
}

/** The policies know the operator by its name, so its account may do nothing but act as it. */
export const programs: Program[] = [
  { name: 'operator', secrets: systemNamespace, as: 'bailiwick:operator' },
  { name: 'portal', secrets: 'bailiwick-portal' },
  { name: 'gateway', secrets: 'bailiwick-gateway' },
];

const rbac = 'rbac.authorization.k8s.io';

/** Name of the account of a program on a target, and of its token. */
export function accountName({ name }: Program): string {
  return `hub-${name}`;
}

/** The account of a program on a target, with its rights and a token that lasts until it is deleted. */
export function desiredAccount(program: Program): Desired[] {
  const name = accountName(program);
  const labels = { 'app.kubernetes.io/part-of': 'bailiwick' };
  const metadata = { name, namespace: systemNamespace, labels };
  const wide = { name: `bailiwick:${name}`, labels };
  const role = program.as ? wide.name : `bailiwick:${program.name}`;
  const impersonation = program.as && {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: wide,
    rules: [
      {
        apiGroups: [''],
        resources: ['users'],
        resourceNames: [program.as],
        verbs: ['impersonate'],
      },
    ],
  };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        ...metadata,
        annotations: { 'kubernetes.io/service-account.name': name },
      },
      type: 'kubernetes.io/service-account-token',
    },
    ...(impersonation ? [impersonation] : []),
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: wide,
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace: systemNamespace }],
    },
  ];
}

/** The kubeconfig with which a program comes to a target. */
export function kubeconfigOf(
  { as }: Pick<Program, 'as'>,
  { address, authority, name }: ApiServer,
  token: string,
): string {
  const context = { cluster: 'target', user: 'hub' };
  const cluster = {
    server: address,
    ...(authority && {
      'certificate-authority-data': Buffer.from(authority).toString('base64'),
    }),
    ...(name && { 'tls-server-name': name }),
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'target',
    contexts: [{ name: 'target', context }],
    clusters: [{ name: 'target', cluster }],
    users: [{ name: 'hub', user: { token, ...(as && { as }) } }],
  });
}
