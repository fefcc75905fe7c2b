import { chartOfRows } from './chartOfRows';

const day = (count: number) =>
  new Date(Date.UTC(2026, 0, 1 + count)).toISOString().slice(0, 10);

describe('chartOfRows', () => {
  it('draws numbers along a key column of dates', () => {
    const rows = [3, 1, 2, 5].map((price, index) => ({
      date: day(index),
      price,
    }));
    expect(chartOfRows(rows, ['date'])).toMatchObject({
      x: 'date',
      y: 'price',
      series: [{ points: [{ y: 3 }, { y: 1 }, { y: 2 }, { y: 5 }] }],
    });
  });

  it('has no chart where the gallery shows a table', () => {
    const rows = ['a', 'b', 'c', 'd'].map((name, n) => ({ name, n }));
    expect(chartOfRows(rows, ['name'])).toBeUndefined();
    expect(chartOfRows([], [])).toBeUndefined();
  });

  it('thins long lines, and keeps their ends and peaks', () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      date: day(index),
      price: index === 2_345 ? 900 : index % 7,
    }));
    const [{ points }] = chartOfRows(rows, ['date'])!.series;
    expect(points.length).toBeLessThanOrEqual(102);
    expect(points[0]).toEqual({ x: Date.parse(day(0)), y: 0 });
    expect(points.at(-1)?.x).toBe(Date.parse(day(4_999)));
    expect(Math.max(...points.map(({ y }) => y!))).toBe(900);
    expect(points.map(({ x }) => x)).toEqual(
      points.map(({ x }) => x).toSorted((a, b) => a - b),
    );
  });

  it('keeps a long gap', () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({
      date: day(index),
      price: index >= 400 && index < 450 ? null : index,
    }));
    const [{ points }] = chartOfRows(rows, ['date'])!.series;
    expect(points.some(({ y }) => y === null)).toBe(true);
  });
});
