import type {
  CoreCondition,
  KubeObject,
  Pod,
} from '@bailiwick/backstage-kube-controller';
import { instant } from './thresholds';

/** Resolution of Kubernetes timestamps in milliseconds. */
const second = 1000;

/** Whether a pod is ready. */
export function isReady(pod: Pod): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True';
}

/** Returns since when a pod is ready; `undefined` when it is not, or unknown. */
export function readySince(pod: Pod): number | undefined {
  return isReady(pod)
    ? instant(conditionOf(pod, 'Ready')?.lastTransitionTime)
    : undefined;
}

/** Returns since when a pod that was ready before is not; `undefined` for other pods. */
export function unreadySince(pod: Pod): number | undefined {
  const ready = conditionOf(pod, 'Ready');
  if (!ready || ready.status === 'True') return undefined;
  const at = instant(ready.lastTransitionTime);
  const assigned = assignedSince(pod);
  // A pod starts unready when it is assigned to its node.
  return at && assigned && at > assigned + 2 * second ? at : undefined;
}

/** Returns since when a pod is assigned to its node. */
export function assignedSince(pod: Pod): number | undefined {
  return instant(conditionOf(pod, 'PodScheduled')?.lastTransitionTime);
}

/** Returns since when all containers of a pod run; `undefined` while one does not. */
export function runningSince({ status }: Pod): number | undefined {
  const starts = (status?.containerStatuses ?? []).map(({ state }) =>
    instant(state?.running?.startedAt),
  );
  return starts.length > 0 && starts.every(at => at !== undefined)
    ? Math.max(...(starts as number[]))
    : undefined;
}

/**
 * Whether a container ended with its node, for example after a power loss: the kubelet finds it missing and does not
 * know the cause.
 */
export function isLostWithNode({ reason }: { reason?: string }): boolean {
  return reason === 'Unknown' || reason === 'ContainerStatusUnknown';
}

/** Returns when a container of a pod terminated last, other than with its node; `undefined` when none did. */
export function lastEnd({ status }: Pod): number | undefined {
  const ends = (status?.containerStatuses ?? []).flatMap(({ lastState }) => {
    const { terminated } = lastState ?? {};
    return terminated && !isLostWithNode(terminated)
      ? instant(terminated.finishedAt) ?? []
      : [];
  });
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

/** Sorts objects by age, youngest first. */
export function youngestFirst<T extends KubeObject>(objects: T[]): T[] {
  return [...objects].sort((a, b) =>
    (b.metadata.creationTimestamp ?? '').localeCompare(
      a.metadata.creationTimestamp ?? '',
    ),
  );
}

/** Returns a condition of a pod by its type. */
export function conditionOf(
  { status }: Pod,
  type: string,
): CoreCondition | undefined {
  return status?.conditions?.find(one => one.type === type);
}
