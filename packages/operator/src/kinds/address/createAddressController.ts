import {
  isSpecChange,
  type Change,
  type Controller,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import type {
  App,
  Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { systemNamespace } from '../../names';
import { createController, type Placement } from '../../placement';
import { gatewayServiceName } from './desired';
import { asksForAddress } from './planAddresses';
import { reconcileAddresses } from './reconcileAddresses';

/** The one key: all addresses are determined together, as host names are shared. */
const key = 'addresses';

/** Creates the controller that gives apps addresses of their own. */
export function createAddressController(placement: Placement): Controller {
  const { apps, children, clusters } = placement.caches;
  return createController(placement, 'address', {
    watches: [
      {
        informer: clusters,
        toKeys: ({ spec }: Cluster, change) =>
          !spec.credentials && isSpecChange(change) ? [key] : [],
      },
      {
        informer: apps,
        toKeys: (app: App, change: Change<App>) =>
          isSpecChange(change) &&
          (asksForAddress(app) ||
            (change.previous && asksForAddress(change.previous)))
            ? [key]
            : [],
      },
      {
        informer: children.Service,
        toKeys: ({ metadata }: KubeObject) =>
          metadata.name === gatewayServiceName &&
          metadata.namespace === systemNamespace
            ? [key]
            : [],
      },
    ],
    reconcile: (_, { signal }) => reconcileAddresses(placement, signal),
  });
}
