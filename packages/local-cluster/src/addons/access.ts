import { clusterRole, clusterRoleBinding, rule } from './clusterRole';

/** Returns the rights of the cluster's own identities that Kubernetes does not grant by default. */
export function nodeAccess(): object[] {
  return [
    // kubectl logs, exec and port-forward: the API server as a client of the kubelet.
    clusterRoleBinding(
      'bailiwick:kubelet-clients',
      'system:kubelet-api-admin',
      { kind: 'Group', name: 'bailiwick:kubelet-clients' },
    ),
    ...clusterRole(
      'bailiwick:network-policy',
      [
        rule('', ['pods', 'namespaces']),
        rule('networking.k8s.io', ['networkpolicies']),
      ],
      { kind: 'User', name: 'bailiwick:network-policy' },
    ),
  ];
}
