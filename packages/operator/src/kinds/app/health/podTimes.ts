import type { CoreCondition, Pod } from '@bailiwick/backstage-kube-controller';
import { instant } from './thresholds';

/** Kubernetes gives its instants in whole seconds. */
const second = 1000;

/** Whether a pod takes calls. */
export function isReady(pod: Pod): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True';
}

/** Since when a pod takes calls; `undefined` when it does not, or nobody says. */
export function readySince(pod: Pod): number | undefined {
  return isReady(pod)
    ? instant(conditionOf(pod, 'Ready')?.lastTransitionTime)
    : undefined;
}

/** Since when a pod takes no calls that took some before; `undefined` for others. */
export function unreadySince(pod: Pod): number | undefined {
  const ready = conditionOf(pod, 'Ready');
  if (!ready || ready.status === 'True') return undefined;
  const at = instant(ready.lastTransitionTime);
  const assigned = assignedSince(pod);
  // A pod is not ready from the moment its node takes it; that is no loss.
  return at && assigned && at > assigned + 2 * second ? at : undefined;
}

/** Since when a pod has its node. */
export function assignedSince(pod: Pod): number | undefined {
  return instant(conditionOf(pod, 'PodScheduled')?.lastTransitionTime);
}

/** Since when all containers of a pod run; `undefined` while one does not. */
export function runningSince({ status }: Pod): number | undefined {
  const starts = (status?.containerStatuses ?? []).map(({ state }) =>
    instant(state?.running?.startedAt),
  );
  return starts.length > 0 && starts.every(at => at !== undefined)
    ? Math.max(...(starts as number[]))
    : undefined;
}

/** When a container of a pod ended last; `undefined` when none did. */
export function lastEnd({ status }: Pod): number | undefined {
  const ends = (status?.containerStatuses ?? []).flatMap(
    ({ lastState }) => instant(lastState?.terminated?.finishedAt) ?? [],
  );
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

/** When a pod was made. */
export function creationTime({ metadata }: Pod): string {
  return metadata.creationTimestamp ?? '';
}

/** The youngest first. */
export function youngestFirst(pods: Pod[]): Pod[] {
  return [...pods].sort((a, b) =>
    creationTime(b).localeCompare(creationTime(a)),
  );
}

/** A condition of a pod by its type. */
export function conditionOf(
  { status }: Pod,
  type: string,
): CoreCondition | undefined {
  return status?.conditions?.find(one => one.type === type);
}
