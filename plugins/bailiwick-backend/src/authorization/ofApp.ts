import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { LiveList } from '@bailiwick/backstage-plugin-bailiwick-node';

/** Returns the items of a watched list, such as that of releases, that belong to an app. */
export function ofApp<T extends KubeObject & { spec: { app: string } }>(
  list: LiveList<T>,
  { name, namespace }: App['metadata'],
): T[] {
  return list
    .list()
    .filter(
      ({ metadata, spec }) =>
        metadata.namespace === namespace && spec.app === name,
    );
}
