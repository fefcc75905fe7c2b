import { NotFoundError } from '@backstage/errors';
import type { KubeObject, Pod } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { EnvironmentPlace } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';

/** Returns the pods of an app in an environment, those of its runs included, the youngest first. */
export function podsOf(
  { pods }: Pick<WatchedLists, 'pods'>,
  { app, environment, tenant }: EnvironmentPlace,
): Pod[] {
  const namespace = environmentNamespace(tenant, environment);
  return pods
    .list()
    .filter(
      ({ metadata }) =>
        metadata.namespace === namespace &&
        metadata.labels?.[labels.name] === app,
    )
    .sort(byAge);
}

/** @throws NotFoundError when the app has no such pod there */
export function findPod(
  { pods }: Pick<WatchedLists, 'pods'>,
  { app, environment, tenant }: EnvironmentPlace,
  name: string,
): Pod {
  const found = pods.get(name, environmentNamespace(tenant, environment));
  if (found?.metadata.labels?.[labels.name] === app) return found;
  throw new NotFoundError(
    `App "${app}" has no pod "${name}" in ${environment}`,
  );
}

/** Orders objects by the time of their creation, the youngest first. */
export function byAge(
  { metadata: one }: Pick<KubeObject, 'metadata'>,
  { metadata: other }: Pick<KubeObject, 'metadata'>,
): number {
  return (other.creationTimestamp ?? '').localeCompare(
    one.creationTimestamp ?? '',
  );
}
