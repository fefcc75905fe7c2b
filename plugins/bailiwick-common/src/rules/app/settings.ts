import type { AppEnvironment, Archetype } from '../../kinds';

type Schema = { properties?: Record<string, { default?: unknown }> };

/** Returns the settings of an app in an environment, with defaults of the archetype. @public */
export function settingsIn(
  { settings }: Pick<Archetype, 'settings'>,
  { parameters }: Pick<AppEnvironment, 'parameters'>,
): Record<string, unknown> {
  const { properties = {} } = (settings ?? {}) as Schema;
  const defaults = Object.entries(properties).map(([name, schema]) => [
    name,
    schema.default,
  ]);
  return { ...Object.fromEntries(defaults), ...parameters };
}

/** Returns the schedule of an app in an environment, five fields in UTC. @public */
export function scheduleIn(
  archetype: Pick<Archetype, 'run' | 'settings'>,
  environment: Pick<AppEnvironment, 'parameters'>,
): string | undefined {
  const { schedule, scheduleFrom } = archetype.run ?? {};
  if (!scheduleFrom) return schedule;
  const value = settingsIn(archetype, environment)[scheduleFrom];
  return typeof value === 'string' ? value : undefined;
}
