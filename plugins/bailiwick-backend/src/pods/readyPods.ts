import type { Pod } from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { byAge } from './findPods';

/** Whether a pod accepts calls: it is ready, and is not terminating. */
export function isReady({ metadata, status }: Pod): boolean {
  return (
    !metadata.deletionTimestamp &&
    (status?.conditions ?? []).some(
      ({ status: is, type }) => type === 'Ready' && is === 'True',
    )
  );
}

/** Pods of an app in a namespace that take calls, the youngest first. */
export function readyPods(
  pods: readonly Pod[],
  namespace: string,
  app: string,
): Pod[] {
  return pods
    .filter(
      pod =>
        pod.metadata.namespace === namespace &&
        pod.metadata.labels?.[labels.app] === app &&
        isReady(pod),
    )
    .sort(byAge);
}
