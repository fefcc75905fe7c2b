import type {
  CallsView,
  MetricsView,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** Calls of a minute in each environment: the mean of the samples of its last minute. */
export function callsOf(
  views: [environment: string, view: MetricsView][],
): CallsView['calls'] {
  return Object.fromEntries(
    views.flatMap(([environment, { points, seconds }]) => {
      const last = points.slice(-Math.max(1, Math.floor(60 / seconds)));
      if (last.length === 0) return [];
      const sum = last.reduce((all, { calls }) => all + calls, 0);
      return [[environment, Math.round((sum / last.length) * 10) / 10]];
    }),
  );
}
