import type { PreviewView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  pictureOf,
  type PictureSeries,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Points of a line, which is drawn on about 200 pixels. */
const mostPoints = 100;

/**
 * Returns a chart of rows by the rule of the gallery's pictures; `undefined` where that shows a table. Long lines are
 * thinned.
 *
 * @param key - key columns of the result
 */
export function chartOfRows(
  rows: NonNullable<PreviewView['rows']>,
  key: readonly string[],
): PreviewView['chart'] {
  const picture = pictureOf(rows, key);
  return picture.kind === 'chart'
    ? { ...picture, series: picture.series.map(thinned) }
    : undefined;
}

/** Keeps the first point, the last one, and the lowest and highest value of each part in between. */
function thinned(series: PictureSeries): PictureSeries {
  const { points } = series;
  if (points.length <= mostPoints) return series;
  const length = Math.ceil((2 * points.length) / mostPoints);
  const kept = new Set([0, points.length - 1]);
  for (let from = 0; from < points.length; from += length) {
    const part = points.slice(from, from + length).map(({ y }) => y);
    const known = part.filter(y => y !== null);
    // A part without values keeps its gap.
    if (known.length === 0) kept.add(from);
    else
      for (const y of [Math.min(...known), Math.max(...known)])
        kept.add(from + part.indexOf(y));
  }
  return { ...series, points: points.filter((_, index) => kept.has(index)) };
}
