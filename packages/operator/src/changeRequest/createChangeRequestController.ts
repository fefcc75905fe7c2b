import {
  Controller,
  type ControllerOptions,
} from '@bailiwick/backstage-kube-controller';
import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Scope } from '../scope';
import { reconcileChangeRequest } from './reconcileChangeRequest';

/** Reconciles requests one at a time, so that each is judged after the effects of those before. */
export function createChangeRequestController(
  scope: Scope,
  observe: ControllerOptions['observe'],
): Controller {
  return new Controller({
    name: 'changerequest',
    log: scope.log,
    observe,
    concurrency: 1,
    watches: [
      {
        informer: scope.caches.requests,
        toKeys: ({ metadata }: ChangeRequest) => [metadata.name],
      },
      // Plans are read when a request is judged, so they must be known by then.
      { informer: scope.caches.plans, toKeys: () => [] },
    ],
    reconcile: (key, { signal }) => reconcileChangeRequest(scope, key, signal),
  });
}
