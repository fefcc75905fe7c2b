import {
  Controller,
  type ControllerOptions,
} from '@bailiwick/backstage-kube-controller';
import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Scope } from '../scope';
import { desiredDeciders } from './desiredDeciders';

/** Lets the deciders of a plan decide about requests for it. */
export function createPlanController(
  { applier, caches, log }: Scope,
  observe: ControllerOptions['observe'],
): Controller {
  return new Controller({
    name: 'plan',
    log,
    observe,
    watches: [
      {
        informer: caches.plans,
        toKeys: ({ metadata }: Plan) => [metadata.name],
      },
      { informer: caches.children.ClusterRole, toKeys: () => [] },
      { informer: caches.children.ClusterRoleBinding, toKeys: () => [] },
    ],
    async reconcile(key, { signal }) {
      const plan = caches.plans.get(key);
      // When a plan goes, its role goes with it by its owner reference.
      if (plan) await applier.apply(desiredDeciders(plan), signal);
      return {};
    },
  });
}
