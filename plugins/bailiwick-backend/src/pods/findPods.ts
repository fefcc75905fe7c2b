import { NotFoundError } from '@backstage/errors';
import type { KubeObject, Pod } from '@bailiwick/backstage-kube-controller';
import {
  appOfLabel,
  environmentNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { EnvironmentPlace } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';

/** Returns the pods of an app in an environment, those of its runs and its canary included, the youngest first. */
export function podsOf(
  { pods }: Pick<WatchedLists, 'pods'>,
  { app, environment, tenant }: EnvironmentPlace,
): Pod[] {
  const namespace = environmentNamespace(tenant, environment);
  return pods
    .list()
    .filter(
      ({ metadata }) => metadata.namespace === namespace && isOf(app, metadata),
    )
    .sort(byAge);
}

function isOf(app: string, { labels: own = {} }: Pod['metadata']): boolean {
  return appOfLabel(own[labels.name] ?? '') === app;
}

/** @throws NotFoundError when the app has no such pod there */
export function findPod(
  { pods }: Pick<WatchedLists, 'pods'>,
  { app, environment, tenant }: EnvironmentPlace,
  name: string,
): Pod {
  const found = pods.get(name, environmentNamespace(tenant, environment));
  if (found && isOf(app, found.metadata)) return found;
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
