import { chartPoints } from './chartPoints';

const start = Date.parse('2026-11-20T08:00:00Z');
const points = (...values: [second: number, value?: number][]) =>
  values.map(([second, value]) => ({
    at: new Date(start + second * 1_000).toISOString(),
    value,
  }));
const values = (...all: Parameters<typeof points>) =>
  chartPoints(points(...all), 10).map(({ value }) => value);

describe('chartPoints', () => {
  it('has a gap where samples are missing, and none for a late one', () => {
    expect(values([0, 1], [10, 2], [30, 3])).toEqual([1, 2, 3]);
    expect(values([0, 1], [10, 2], [60, 3])).toEqual([1, 2, undefined, 3]);
  });

  it('treats values that are not numbers as missing', () => {
    expect(values([0, NaN], [10, Infinity], [20, 1], [30])).toEqual([
      undefined,
      undefined,
      1,
      undefined,
    ]);
  });

  it('marks points without a neighbor', () => {
    const alone = (...all: Parameters<typeof points>) =>
      chartPoints(points(...all)).map(({ isAlone }) => isAlone);
    expect(alone([0, 1])).toEqual([true]);
    expect(alone([0, 1], [10, 2])).toEqual([false, false]);
    expect(alone([0, 1], [10], [20, 0])).toEqual([true, false, true]);
  });
});
