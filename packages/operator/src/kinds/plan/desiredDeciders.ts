import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  apiVersion,
  labels,
  managedBy,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { desiredObjectRole, rbac } from '../../apply';

/**
 * Returns the role and binding with the verb `decide` on a plan for its approvers. The admission
 * policy on verdicts checks this verb, so the plan is the only place that names approvers.
 */
export function desiredDeciders({ metadata, spec }: Plan): Desired[] {
  const { name, uid = '' } = metadata;
  return desiredObjectRole(
    {
      name: `bailiwick:plan:${name}`,
      labels: { [labels.managedBy]: managedBy },
      ownerReferences: [{ apiVersion, kind: 'Plan', name, uid }],
    },
    { name, resource: 'plans', verbs: ['decide'] },
    spec.approval.deciders.map(decider => ({
      apiGroup: rbac,
      kind: 'Group',
      name: decider,
    })),
  );
}
