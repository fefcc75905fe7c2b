import type { Desired } from '@bailiwick/backstage-kube-controller';
import { group } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Group of the API of roles and bindings. */
export const rbac = 'rbac.authorization.k8s.io';

/** Returns the role with rights on one cluster-scoped object of Bailiwick, and its binding. */
export function desiredObjectRole(
  metadata: Desired['metadata'],
  {
    name,
    resource,
    verbs,
  }: { name: string; resource: string; verbs: string[] },
  subjects: object[],
): [role: Desired, binding: Desired] {
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata,
      rules: [
        {
          apiGroups: [group],
          resources: [resource],
          resourceNames: [name],
          verbs,
        },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: metadata.name },
      subjects,
    },
  ];
}
