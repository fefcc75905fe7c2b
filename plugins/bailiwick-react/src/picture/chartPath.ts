import type { PictureSeries } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Extent of a chart in the units of its SVG. */
export interface Extent {
  width: number;
  height: number;
}

/** Returns the minimum and maximum of numbers; equal ones get a margin. */
function boundsOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 1, high + 1] : [low, high];
}

/** Smallest and largest `y` of all series. */
export function valueBounds(
  series: readonly PictureSeries[],
): [number, number] {
  return boundsOf(
    series.flatMap(({ points }) => points.flatMap(({ y }) => y ?? [])),
  );
}

/** Returns one SVG path per series, all on the same scale; a missing value interrupts its line. */
export function chartPaths(
  series: readonly PictureSeries[],
  { height, width }: Extent,
): string[] {
  const [left, right] = boundsOf(
    series.flatMap(({ points }) => points.map(({ x }) => x)),
  );
  const [low, high] = valueBounds(series);
  const at = (value: number, from: number, to: number, length: number) =>
    Number((((value - from) / (to - from)) * length).toFixed(2));
  return series.map(({ points }) =>
    points
      .flatMap(({ x, y }, index) => {
        if (y === null) return [];
        const isBegin = index === 0 || points[index - 1].y === null;
        const place = [
          at(x, left, right, width),
          at(y, high, low, height),
        ].join(' ');
        return `${isBegin ? 'M' : 'L'}${place}`;
      })
      .join(''),
  );
}
