import type {
  CallsView,
  MetricsView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/**
 * Calls of a minute in each environment: the mean of the samples of its last minute, or of the last
 * two when these are further apart.
 *
 * @param now - milliseconds since 1970
 */
export function callsOf(
  views: [environment: string, view: MetricsView][],
  now: number,
): CallsView['calls'] {
  return Object.fromEntries(
    views.flatMap(([environment, { notes, points, seconds }]) => {
      const from = now - Math.max(60, 2.5 * seconds) * 1000;
      const last = points.filter(({ at }) => Date.parse(at) > from);
      if (last.length === 0) return [];
      const sum = last.reduce((all, { calls }) => all + calls, 0);
      const perMinute = Math.round((sum / last.length) * 10) / 10;
      return [[environment, { perMinute, isPart: notes.length > 0 }]];
    }),
  );
}
