import {
  annotations,
  appOfLabel,
  canaryName,
  environmentNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  findArchetype,
  packOf,
  readinessOf,
  scheduleIn,
  type Readiness,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  BuildView,
  DeploymentView,
  EventView,
  ReadingView,
  WorkView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Event } from '@bailiwick/backstage-kube-controller';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';
import { ofApp } from '../authorization';
import { byAge, podsOf, viewPod } from '../pods';
import { viewPipeline } from './viewPipeline';
import { viewReading } from './viewReading';
import { viewWorkspaces } from './viewWorkspaces';

/** Maximum number of warnings, and of other events. */
const eventsShown = 50;

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

/** Suffixes that Kubernetes generates; without vowels, so rarely the end of another app's name. */
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
        appOfLabel(metadata.labels?.[labels.app] ?? '') === name,
    )
    .map(viewPod)
    .sort((a, b) => a.name.localeCompare(b.name));
  const events = lists.events
    .list()
    .filter(
      ({ metadata, involvedObject }) =>
        environments.has(metadata.namespace ?? '') &&
        [name, canaryName(name)].some(own =>
          belongsTo(own, involvedObject?.name ?? ''),
        ),
    )
    .map(event =>
      viewEvent(event, environments.get(event.metadata.namespace!)!),
    )
    .sort((a, b) => b.at.localeCompare(a.at));
  const reading = viewReading(app, lists.grants.list(), Date.now());
  return {
    app,
    pods,
    events: newestOf(events),
    work: viewWork(app, lists),
    builds: viewBuilds(app, lists),
    workspaces: viewWorkspaces(app, lists),
    pipeline: viewPipeline(app, lists),
    readiness: viewReadiness(app, lists, reading),
    reading,
  };
}

/** The newest, with warnings kept from being lost among hundreds of pods that began. */
function newestOf(events: EventView[]): EventView[] {
  const left = { Normal: eventsShown, Warning: eventsShown };
  return events.filter(({ type }) => {
    left[type] -= 1;
    return left[type] >= 0;
  });
}

/** The steps of an app and their runs; `undefined` for an app that only answers calls. */
function viewWork(
  { metadata, spec, tenant }: AppView,
  lists: WatchedLists,
): WorkView | undefined {
  const { archetype } = findArchetype(lists.packs, spec.archetype);
  if (!archetype?.run) return undefined;
  return {
    steps: archetype.run.steps,
    schedules: spec.environments.flatMap(environment => {
      const schedule = scheduleIn(archetype, environment);
      return schedule ? { environment: environment.name, schedule } : [];
    }),
    runs: ofApp(lists.runs, metadata).sort(byAge),
    pods: spec.environments.flatMap(({ name: environment }) => {
      const place = { tenant, app: metadata.name, environment };
      return podsOf(lists, place).flatMap(pod => {
        const run = pod.metadata.annotations?.[annotations.run];
        return run ? { run, environment, name: pod.metadata.name } : [];
      });
    }),
  };
}

/** The builds of an app, newest first, without their logs and files. */
function viewBuilds(
  { metadata }: AppView,
  { builds }: WatchedLists,
): BuildView[] {
  return ofApp(builds, metadata)
    .sort(byAge)
    .map(
      ({
        metadata: { annotations: marks, creationTimestamp, name },
        spec,
        status = {},
      }) => ({
        name,
        tools: marks?.[annotations.tools],
        commit: spec.commit,
        file: spec.file,
        image: spec.image,
        cancelledBy: spec.cancelledBy,
        phase: status.phase ?? 'Pending',
        why: status.why,
        line: status.line,
        packages: status.packages,
        advisories: status.advisories?.count,
        superseded: status.superseded,
        createdAt: creationTimestamp ?? '',
        startedAt: status.startedAt,
        finishedAt: status.finishedAt,
      }),
    );
}

function viewReadiness(
  app: AppView,
  { packs, tenants }: WatchedLists,
  { tokens }: ReadingView,
): Readiness[] {
  const journey = packOf(packs, app.spec.archetype)?.spec.journey;
  const environments = tenants.get(app.tenant)?.spec.environments ?? [];
  return readinessOf(app, journey?.readiness, {
    readers: tokens,
    protectedEnvironments: environments
      .filter(one => one.protected)
      .map(({ name }) => name),
  });
}
