import type {
  KubeObject,
  Informer,
} from '@bailiwick/backstage-kube-controller';
import { canaryName } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppInstance } from './appInstances';
import type { Caches } from './Caches';
import { appIndexKey } from './ClusterCaches';

/** Returns all objects that the operator created for an app and its canaries on one cluster. */
export function appChildren(
  { children }: Pick<Caches, 'children'>,
  tenant: string,
  app: string,
): KubeObject[] {
  return Object.values(children).flatMap(informer =>
    [app, canaryName(app)].flatMap(name =>
      informer.index('app', appIndexKey(tenant, name)),
    ),
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
