import {
  environmentNamespace,
  labels,
  type AppView,
  type DeploymentView,
  type EventView,
  type PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Event, Pod } from '@bailiwick/backstage-kube-controller';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';

const eventsShown = 50;

/** Meaning of the reasons that Kubernetes gives for a container that does not run. */
const meanings: Record<string, string> = {
  ContainerCreating: 'The container is being created.',
  CrashLoopBackOff:
    'The program ends again and again; it is started anew after a pause.',
  CreateContainerConfigError: 'A setting that the container needs is missing.',
  ErrImageNeverPull: 'The image is not on the node.',
  ErrImagePull: 'The image could not be fetched.',
  ImagePullBackOff:
    'The image could not be fetched; it is tried again after a pause.',
  OOMKilled: 'It needed more memory than it may have.',
};

function podWhy({ status }: Pod): string | undefined {
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
  return container && !container.ready
    ? 'It runs but does not answer yet.'
    : undefined;
}

function viewPod(pod: Pod): PodView {
  const { metadata, status } = pod;
  return {
    name: metadata.name,
    environment: metadata.labels?.[labels.environment] ?? '',
    phase: metadata.deletionTimestamp ? 'Stopping' : status?.phase ?? 'Unknown',
    ready: status?.containerStatuses?.every(({ ready }) => ready) ?? false,
    restarts: status?.containerStatuses?.[0]?.restartCount ?? 0,
    startedAt: status?.startTime,
    why: podWhy(pod),
  };
}

function viewEvent(event: Event, environment: string): EventView {
  return {
    id: event.metadata.uid ?? event.metadata.name,
    environment,
    at:
      event.lastTimestamp ??
      event.eventTime ??
      event.firstTimestamp ??
      event.metadata.creationTimestamp ??
      '',
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    object: `${event.involvedObject?.kind} ${event.involvedObject?.name}`,
    message: event.message ?? '',
    count: event.count ?? 1,
  };
}

/** Suffixes that Kubernetes makes; without vowels, so hardly ever the end of another app's name. */
const madeSuffix =
  /^[bcdfghjklmnpqrstvwxz2456789]{6,10}(-[bcdfghjklmnpqrstvwxz2456789]{5})?$/;

/** Whether an object's name is that of an app, or of a ReplicaSet or pod of its Deployment. */
export function belongsTo(app: string, objectName: string): boolean {
  return (
    objectName === app ||
    (objectName.startsWith(`${app}-`) &&
      madeSuffix.test(objectName.slice(app.length + 1)))
  );
}

/** Everything the Deploy tab shows of an app, from the watched lists alone. */
export function viewDeployment(
  app: AppView,
  lists: WatchedLists,
): DeploymentView {
  const { name } = app.metadata;
  const environments = new Map(
    app.spec.environments.map(environment => [
      environmentNamespace(app.tenant, environment.name),
      environment.name,
    ]),
  );
  const pods = lists.pods
    .list()
    .filter(
      ({ metadata }) =>
        environments.has(metadata.namespace ?? '') &&
        metadata.labels?.[labels.app] === name,
    )
    .map(viewPod)
    .sort((a, b) => a.name.localeCompare(b.name));
  const events = lists.events
    .list()
    .filter(
      ({ metadata, involvedObject }) =>
        environments.has(metadata.namespace ?? '') &&
        belongsTo(name, involvedObject?.name ?? ''),
    )
    .map(event =>
      viewEvent(event, environments.get(event.metadata.namespace!)!),
    )
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, eventsShown);
  return { app, pods, events };
}
