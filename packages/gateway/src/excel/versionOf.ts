import type { OpenedApp } from '../delivery';

/**
 * Returns the version of an add-in, which grows with each deployment of its apps: year, month and day, and hour and minute
 * of the last one, because Office allows four numbers of at most five digits.
 */
export function versionOf(apps: OpenedApp[]): string {
  const last = apps
    .map(lastChange)
    .filter(time => time !== undefined)
    .sort()
    .at(-1);
  if (last === undefined) return '1.0.0.0';
  const date = new Date(last);
  const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
  const [hour, minute] = [date.getUTCHours(), date.getUTCMinutes()];
  return [
    1,
    date.getUTCFullYear(),
    month * 100 + day,
    hour * 100 + minute,
  ].join('.');
}

/** Returns the time of the newest deployment, or, without a history, of the newest state. */
function lastChange({ environment, served }: OpenedApp): string | undefined {
  const entry = served.app.status?.history?.find(
    one => one.environment === environment,
  );
  return entry?.at ?? served.environment.since;
}
