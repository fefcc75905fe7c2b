import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { Caches } from './Caches';
import { appIndexKey } from './ClusterCaches';

/** Returns all objects that the operator created for an app on one cluster. */
export function appChildren(
  { children }: Pick<Caches, 'children'>,
  tenant: string,
  app: string,
): KubeObject[] {
  return Object.values(children).flatMap(informer =>
    informer.index('app', appIndexKey(tenant, app)),
  );
}
