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

/** Meaning of the reasons that Kubernetes gives for a container that does not run. */
const meanings: Record<string, string> = {
  Completed: 'It ended by itself.',
  ContainerCreating: 'The container is being created.',
  ContainerStatusUnknown: 'Its node did not say how it ended.',
  CrashLoopBackOff:
    'The program ends again and again; it is started anew after a pause.',
  CreateContainerConfigError: 'A setting that the container needs is missing.',
  ErrImageNeverPull: 'The image is not on the node.',
  ErrImagePull: 'The image could not be fetched.',
  ImagePullBackOff:
    'The image could not be fetched; it is tried again after a pause.',
  OOMKilled: 'It needed more memory than it may have.',
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
    containers: (spec?.containers ?? []).map(one => viewContainer(one, pod)),
  };
}

function podWhy(pod: Pod): string | undefined {
  const { metadata, status } = pod;
  // That it stops is all there is to say.
  if (metadata.deletionTimestamp) return undefined;
  const container = status?.containerStatuses?.[0];
  const state = container?.state?.waiting ?? container?.state?.terminated;
  const reason = state?.reason;
  if (reason)
    return (
      meanings[reason] ?? [reason, state?.message].filter(Boolean).join(': ')
    );
  const unscheduled = status?.conditions?.find(
    ({ type, status: value }) => type === 'PodScheduled' && value === 'False',
  );
  if (unscheduled) return `No node takes it: ${unscheduled.message}`;
  if (!container || isReady(pod)) return undefined;
  return container.ready
    ? 'It answered, and its machine does not any more.'
    : 'It runs but does not answer yet.';
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

/** How the run before ended, in a sentence. */
function terminationMessage({
  exitCode,
  message,
  reason = '',
}: NonNullable<ContainerState['terminated']>): string {
  const words = meanings[reason] ?? `It ended with the exit code ${exitCode}.`;
  return message ? `${words} It said: ${message.slice(0, 500)}` : words;
}
