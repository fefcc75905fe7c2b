/** The value below which a share of all values is (nearest rank). @param share - from 0 to 1 */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? NaN;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}

/** Slope of the line that fits best (least squares), in y per x. */
export function slope(points: [x: number, y: number][]): number {
  const mean = (values: number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(p => p[0])), mean(points.map(p => p[1]))];
  const above = points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0);
  const below = points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0);
  return above / below;
}

/** Rounded to three digits after the point, for people and reports. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
