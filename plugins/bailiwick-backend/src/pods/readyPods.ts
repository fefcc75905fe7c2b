import type { Pod } from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common';

/** Where the runtime serves. */
export const runtimePort = 8080;

/** Pods of an app in a namespace that take calls, the youngest first. */
export function readyPods(
  pods: readonly Pod[],
  namespace: string,
  app: string,
): Pod[] {
  return pods
    .filter(
      ({ metadata, status }) =>
        metadata.namespace === namespace &&
        metadata.labels?.[labels.app] === app &&
        status?.conditions?.some(
          ({ status: is, type }) => type === 'Ready' && is === 'True',
        ),
    )
    .sort((a, b) => birthOf(b).localeCompare(birthOf(a)));
}

function birthOf({ metadata }: Pod): string {
  return metadata.creationTimestamp ?? '';
}
