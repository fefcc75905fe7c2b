import {
  scheduleSchema,
  type AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { packNameOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches, AppInstance } from '../../../cache';
import {
  throwFailed,
  type Consumer,
  type RunPlan,
  type Workload,
} from '../workload';
import type { FoundArchetype } from './resolveArchetype';
import { resolveConnections } from './resolveConnections';
import { resolveSettings } from './resolveSettings';

type Settings = Workload['settings'];

/** Resolves the additional settings of the app's shape. @throws ObstacleError */
export function resolveShape(
  caches: Caches,
  found: FoundArchetype,
  instance: AppInstance,
  environment: AppEnvironment,
): Pick<Workload, 'connections' | 'consumer' | 'run' | 'settings' | 'store'> {
  const { archetype, pack } = found;
  const settings = resolveSettings(found, environment);
  const { connections: read = [], consume, run } = archetype;
  const connections = resolveConnections(caches, instance, packNameOf(pack), [
    ...read,
    ...(consume ? [consume.connection] : []),
  ]);
  const shape = {
    ...(settings && { settings }),
    ...(connections.length > 0 && { connections }),
  };
  if (consume) {
    const isThere = connections.some(({ name }) => name === consume.connection);
    const title = pack.spec.connections?.find(
      ({ name }) => name === consume.connection,
    )?.title;
    const consumer: Consumer = {
      function: consume.function,
      connection: consume.connection,
      topics:
        consume.topics ?? topicsOf(settings, consume.topicsFrom, instance),
      window: consume.window,
      ...(!isThere && { missing: title ?? consume.connection }),
    };
    const store = { size: consume.storage, functions: [consume.function] };
    return { ...shape, consumer, store };
  }
  if (!run) return shape;
  const { keep, scheduleFrom, seconds, storage } = run;
  const steps = run.steps.map(({ needs = [], ...step }) => ({
    ...step,
    needs,
  }));
  const plan: RunPlan = {
    steps,
    keep,
    seconds,
    ...(archetype.shape === 'job' && {
      schedule:
        run.schedule ??
        scheduleOf(settings, scheduleFrom, instance.environment),
      scheduleFrom,
    }),
  };
  const functions = steps.map(step => step.function);
  return { ...shape, run: plan, store: { size: storage, functions } };
}

function scheduleOf(
  settings: Settings,
  name: string | undefined,
  environment: string,
): string {
  const { data } = scheduleSchema.safeParse(settings?.[name ?? '']);
  return data ?? refuseSchedule(name, environment);
}

/** Refuses a setting that is not a schedule. @throws ObstacleError */
export function refuseSchedule(
  name: string | undefined,
  environment: string,
): never {
  return throwFailed(
    `The ${
      name ? `setting ${name}` : 'schedule of the archetype'
    } in ${environment} is not a valid schedule of five fields in UTC, such as "15 6 * * *".`,
    name
      ? `Correct setting ${name} of environment ${environment}.`
      : "Ask the pack's owners to correct it.",
  );
}

function topicsOf(
  settings: Settings,
  name: string | undefined,
  { environment }: AppInstance,
): string[] {
  const topics = settings?.[name ?? ''];
  if (
    Array.isArray(topics) &&
    topics.length > 0 &&
    topics.every(one => typeof one === 'string' && one !== '')
  )
    return topics;
  return throwFailed(
    `Setting ${name} in ${environment} is not a list of topics such as ["plant/#"].`,
    `Correct setting ${name} of environment ${environment}.`,
  );
}
