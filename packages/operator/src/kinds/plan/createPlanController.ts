import {
  keyOf,
  type Controller,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { planKind } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { createController, type Placement } from '../../placement';
import { desiredDeciders } from './desiredDeciders';

/** Creates the controller that grants approvers the right to decide requests for a plan. */
export function createPlanController(placement: Placement): Controller {
  const { applier, caches } = placement;
  const { ClusterRole, ClusterRoleBinding } = caches.children;
  return createController(placement, 'plan', {
    watches: [
      { informer: caches.plans, toKeys: plan => [keyOf(plan)] },
      { informer: ClusterRole, toKeys: planOf },
      { informer: ClusterRoleBinding, toKeys: planOf },
    ],
    async reconcile(key, { signal }) {
      const plan = caches.plans.get(key);
      // The role is garbage-collected with its plan.
      if (!plan) return;
      // The API server refuses to bind a role that does not exist.
      const [role, binding] = desiredDeciders(plan);
      await applier.apply([role], signal);
      await applier.apply([binding], signal);
    },
  });
}

function planOf({ metadata }: KubeObject): string[] {
  const owners = metadata.ownerReferences ?? [];
  return owners.flatMap(({ kind, name }) =>
    kind === planKind.kind ? name : [],
  );
}
