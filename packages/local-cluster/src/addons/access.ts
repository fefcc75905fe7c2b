const rbac = 'rbac.authorization.k8s.io/v1';
const api = 'rbac.authorization.k8s.io';

/** Rights of the cluster's own identities that Kubernetes does not grant by itself. */
export function nodeAccess(): object[] {
  return [
    // kubectl logs, exec and port-forward: the API server as a client of the kubelet.
    {
      apiVersion: rbac,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'bailiwick:kubelet-clients' },
      roleRef: {
        apiGroup: api,
        kind: 'ClusterRole',
        name: 'system:kubelet-api-admin',
      },
      subjects: [
        { apiGroup: api, kind: 'Group', name: 'bailiwick:kubelet-clients' },
      ],
    },
    {
      apiVersion: rbac,
      kind: 'ClusterRole',
      metadata: { name: 'bailiwick:network-policy' },
      rules: [
        {
          apiGroups: [''],
          resources: ['pods', 'namespaces'],
          verbs: ['list', 'watch'],
        },
        {
          apiGroups: ['networking.k8s.io'],
          resources: ['networkpolicies'],
          verbs: ['list', 'watch'],
        },
      ],
    },
    {
      apiVersion: rbac,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'bailiwick:network-policy' },
      roleRef: {
        apiGroup: api,
        kind: 'ClusterRole',
        name: 'bailiwick:network-policy',
      },
      subjects: [
        { apiGroup: api, kind: 'User', name: 'bailiwick:network-policy' },
      ],
    },
  ];
}
