import type { ContainerState, Pod } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  ContainerView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { isReady } from './readyPods';

/** Meaning of Kubernetes' reasons for a container that is not running. */
const meanings: Record<string, string> = {
  Completed: 'The container completed.',
  ContainerCreating: 'The container is being created.',
  ContainerStatusUnknown: 'The node did not report how the container ended.',
  CrashLoopBackOff:
    'The container is crash-looping; it restarts after a back-off.',
  CreateContainerConfigError:
    'The configuration of the container refers to a missing object.',
  ErrImageNeverPull: 'The image is not available on the node.',
  ErrImagePull: "The image can't be pulled.",
  ImagePullBackOff: "The image can't be pulled; retrying after a back-off.",
  OOMKilled: 'The container exceeded its memory limit.',
};

/** A pod as its app's people see it. */
export function viewPod(pod: Pod): PodView {
  const { metadata, spec, status } = pod;
  return {
    name: metadata.name,
    environment: metadata.labels?.[labels.environment] ?? '',
    phase: metadata.deletionTimestamp ? 'Stopping' : status?.phase ?? 'Unknown',
    ready: isReady(pod),
    restarts: status?.containerStatuses?.[0]?.restartCount ?? 0,
    startedAt: status?.startTime,
    why: podWhy(pod),
    restartedAt: metadata.annotations?.[annotations.restartedAt],
    commit: metadata.labels?.[labels.commit],
    isOfRun: isPodOfRun(pod),
    containers: (spec?.containers ?? []).map(one => viewContainer(one, pod)),
  };
}

/** Returns whether a pod belongs to the Job of a step. */
export function isPodOfRun({ metadata }: Pod): boolean {
  return metadata.labels?.['batch.kubernetes.io/job-name'] !== undefined;
}

function podWhy(pod: Pod): string | undefined {
  const { metadata, status } = pod;
  // Its end is all there is to report.
  if (metadata.deletionTimestamp) return undefined;
  const container = status?.containerStatuses?.[0];
  const state = container?.state?.waiting ?? container?.state?.terminated;
  const reason = state?.reason;
  if (reason)
    return (
      meanings[reason] ??
      [reason, lastLine(state?.message)].filter(Boolean).join(': ')
    );
  const unscheduled = status?.conditions?.find(
    ({ type, status: value }) => type === 'PodScheduled' && value === 'False',
  );
  if (unscheduled) return `The pod can't be scheduled: ${unscheduled.message}`;
  if (!container || isReady(pod)) return undefined;
  return container.ready
    ? 'The pod was ready, but its node is not ready now.'
    : 'The pod is running but not ready yet.';
}

/** The last line of a message; that of a failed container is the end of its log. */
function lastLine(message = ''): string {
  return message.trim().split('\n').at(-1)!;
}

function viewContainer(
  { name, ports, resources }: NonNullable<Pod['spec']>['containers'][number],
  { status }: Pod,
): ContainerView {
  const found = status?.containerStatuses?.find(one => one.name === name);
  const ended = found?.lastState?.terminated;
  return {
    name,
    restarts: found?.restartCount ?? 0,
    ...(ended && {
      ended: { why: terminationMessage(ended), at: ended.finishedAt },
    }),
    port: ports?.[0]?.containerPort,
    requests: resources?.requests ?? {},
    limits: resources?.limits ?? {},
  };
}

/** Describes the end of the previous run. */
function terminationMessage({
  exitCode,
  message,
  reason = '',
}: NonNullable<ContainerState['terminated']>): string {
  const words =
    meanings[reason] ?? `The container ended with exit code ${exitCode}.`;
  return message ? `${words} Message: ${message.slice(0, 500)}` : words;
}
