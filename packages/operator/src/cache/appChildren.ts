import type {
  KubeObject,
  Informer,
} from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from './appInstances';
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

/** Returns the objects of an app in one environment from a cache with the index `app`. */
export function instanceObjects<T extends KubeObject>(
  informer: Informer<T>,
  { app, namespace, tenant }: Omit<AppInstance, 'environment'>,
): T[] {
  return informer
    .index('app', appIndexKey(tenant, app))
    .filter(({ metadata }) => metadata.namespace === namespace);
}
