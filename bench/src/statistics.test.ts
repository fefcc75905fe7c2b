import { median, percentile, slope } from './statistics';

describe('statistics', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('finds the value with a share of %d below it', (share, value) => {
    expect(percentile(hundred, share)).toBe(value);
  });

  it('uses a single value for every percentile', () => {
    expect(percentile([7], 0.99)).toBe(7);
    expect(median([7])).toBe(7);
  });

  it('uses the mean of the two middle values', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it('finds the slope of a line in spite of noise around it', () => {
    const line = hundred.map((x): [number, number] => [
      x,
      3 * x + 5 + (x % 2 === 0 ? 1 : -1),
    ]);
    expect(slope(line)).toBeCloseTo(3, 2);
  });
});
