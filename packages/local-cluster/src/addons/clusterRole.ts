const apiGroup = 'rbac.authorization.k8s.io';

/** Subject of a role binding: a user, a group, or a service account. */
interface Subject {
  kind: 'Group' | 'ServiceAccount' | 'User';
  name: string;
  namespace?: string;
}

/** Rights on kinds of one API group; those of a reader unless others are given. */
export function rule(
  group: string,
  resources: string[],
  verbs = ['list', 'watch'],
): object {
  return { apiGroups: [group], resources, verbs };
}

/** A role of the whole cluster and its binding of the same name. */
export function clusterRole(
  name: string,
  rules: object[],
  subject: Subject,
): object[] {
  return [
    {
      apiVersion: `${apiGroup}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules,
    },
    clusterRoleBinding(name, name, subject),
  ];
}

/** The binding of a role of the whole cluster. */
export function clusterRoleBinding(
  name: string,
  role: string,
  { kind, ...subject }: Subject,
): object {
  // Service accounts are in the core group.
  const group = kind === 'ServiceAccount' ? {} : { apiGroup };
  return {
    apiVersion: `${apiGroup}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects: [{ ...group, kind, ...subject }],
  };
}
