import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  apiVersion,
  group,
  labels,
  managedBy,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common';

const rbac = 'rbac.authorization.k8s.io';

/**
 * The right `decide` on a plan, for its deciders. The admission policy on verdicts asks for it, so
 * who may decide is said once, in the plan, and kept by RBAC.
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
