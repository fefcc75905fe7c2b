/** A deployment. */
export interface ChartMarker {
  /** RFC 3339. */
  at: string;
  /** Commits, or the release. */
  commits: string[];
}

/** One value at one time. */
export interface ChartPoint {
  /** RFC 3339. */
  at: string;
  /** Absent where there was nothing to measure. */
  value?: number;
}

/** A point as it is drawn. */
export interface DrawnPoint {
  /** Milliseconds since 1970. */
  time: number;
  /** Absent where the line has a gap. */
  value?: number;
  /** Whether no line leads to the point, so that it needs a dot. */
  isAlone: boolean;
}

/** Intervals that may pass between two samples before the line has a gap. */
const gapAfter = 2.5;

/**
 * Returns the points of a chart, with a gap where samples are missing. Values that are no finite numbers count as
 * missing.
 *
 * @param points - oldest first
 * @param interval - seconds between two samples; gaps in time are not looked for when absent
 */
export function chartPoints(
  points: ChartPoint[],
  interval?: number,
): DrawnPoint[] {
  const all = points.flatMap(({ at, value }, position) => {
    const time = Date.parse(at);
    const before = Date.parse(points[position - 1]?.at ?? at);
    const isLate =
      interval !== undefined && time - before > gapAfter * interval * 1_000;
    const point = { time, value: Number.isFinite(value) ? value : undefined };
    return isLate
      ? [{ time: (time + before) / 2, value: undefined }, point]
      : [point];
  });
  return all.map((point, position) => ({
    ...point,
    isAlone:
      point.value !== undefined &&
      all[position - 1]?.value === undefined &&
      all[position + 1]?.value === undefined,
  }));
}
