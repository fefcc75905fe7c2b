import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import { appIndexKey } from './ClusterCaches';
import { type Caches } from '.';

/** All objects that the operator made for an app on one cluster, in all environments there. */
export function appChildren(
  { children }: Pick<Caches, 'children'>,
  tenant: string,
  app: string,
): KubeObject[] {
  return Object.values(children).flatMap(informer =>
    informer.index('app', appIndexKey(tenant, app)),
  );
}
