import { chartPaths, valueBounds } from './chartPath';

const extent = { width: 100, height: 10 };
const line = (...values: (number | null)[]) => ({
  name: '',
  points: values.map((y, x) => ({ x, y })),
});

describe('chartPaths', () => {
  it('draws low values at the bottom and uses the whole width', () => {
    expect(chartPaths([line(0, 10, 5)], extent)).toEqual(['M0 10L50 0L100 5']);
  });

  it('interrupts the line at a gap', () => {
    expect(chartPaths([line(0, 1, null, 1, 0)], extent)).toEqual([
      'M0 10L25 0M75 0L100 10',
    ]);
  });

  it('draws all series on one scale', () => {
    const series = [line(0, 1), line(0, 2)];
    expect(valueBounds(series)).toEqual([0, 2]);
    expect(chartPaths(series, extent)).toEqual(['M0 10L100 5', 'M0 10L100 0']);
  });

  it('draws equal values in the middle', () => {
    expect(chartPaths([line(3, 3)], extent)).toEqual(['M0 5L100 5']);
  });
});
