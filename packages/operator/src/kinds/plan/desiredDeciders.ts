import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  apiVersion,
  group,
  labels,
  managedBy,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

const rbac = 'rbac.authorization.k8s.io';

/**
 * Returns the role and binding with the verb `decide` on a plan for its approvers. The admission
 * policy on verdicts checks this verb, so the plan is the only place that names approvers.
 */
export function desiredDeciders({ metadata, spec }: Plan): Desired[] {
  const common = {
    name: `bailiwick:plan:${metadata.name}`,
    labels: { [labels.managedBy]: managedBy },
    ownerReferences: [
      {
        apiVersion,
        kind: 'Plan',
        name: metadata.name,
        uid: metadata.uid ?? '',
      },
    ],
  };
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: common,
      rules: [
        {
          apiGroups: [group],
          resources: ['plans'],
          resourceNames: [metadata.name],
          verbs: ['decide'],
        },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: common,
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: common.name },
      subjects: spec.approval.deciders.map(name => ({
        apiGroup: rbac,
        kind: 'Group',
        name,
      })),
    },
  ];
}
