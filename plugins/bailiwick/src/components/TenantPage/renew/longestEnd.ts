import {
  durationToMilliseconds,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Clocks of browsers and servers differ; who judges must not find the end too late. */
const margin = 5 * 60_000;
const minute = 60_000;

/**
 * The latest end that a plan allows from now, in whole minutes.
 *
 * @returns RFC 3339, `undefined` when the plan sets no limit
 */
export function longestEnd(
  { spec: { maxLifetime } }: Plan,
  now: number,
): string | undefined {
  if (!maxLifetime) return undefined;
  const latest = now + durationToMilliseconds(maxLifetime) - margin;
  return new Date(Math.floor(latest / minute) * minute).toISOString();
}
