/**
 * Returns the mean of the samples of the newest point's last minute, or of the last two when they are further apart.
 *
 * @param points - oldest first
 */
export function meanOfLastMinute<T extends { at: string }>(
  points: T[],
  of: (point: T) => number,
): number | undefined {
  const newest = points.at(-1);
  if (!newest) return undefined;
  const from = Date.parse(newest.at) - 60_000;
  const recent = points.filter(({ at }) => Date.parse(at) > from);
  const last = recent.length > 1 ? recent : points.slice(-2);
  const sum = last.reduce((all, point) => all + of(point), 0);
  return Math.round((sum / last.length) * 10) / 10;
}
