import {
  Controller,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  planKind,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Placement } from '../../placement';
import { desiredDeciders } from './desiredDeciders';

/** Keys worked on at a time. */
const concurrency = 1;

/** Lets the deciders of a plan decide about requests for it. */
export function createPlanController(placement: Placement): Controller {
  const { applier, caches, log } = placement;
  const { ClusterRole, ClusterRoleBinding } = caches.children;
  return new Controller({
    name: 'plan',
    log,
    observer: placement.metrics?.observerFor('plan', concurrency),
    concurrency,
    watches: [
      {
        informer: caches.plans,
        toKeys: ({ metadata }: Plan) => [metadata.name],
      },
      { informer: ClusterRole, toKeys: planOf },
      { informer: ClusterRoleBinding, toKeys: planOf },
    ],
    async reconcile(key, { signal }) {
      const plan = caches.plans.get(key);
      // When a plan goes, its role goes with it by its owner reference.
      if (!plan) return;
      // The API server refuses to bind a role that is not there.
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
