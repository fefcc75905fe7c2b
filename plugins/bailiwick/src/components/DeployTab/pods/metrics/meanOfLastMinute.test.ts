import { meanOfLastMinute } from './meanOfLastMinute';

const start = Date.parse('2026-11-20T08:00:00Z');
const points = (...calls: number[]) =>
  calls.map((count, position) => ({
    at: new Date(start + position * 10_000).toISOString(),
    calls: count,
  }));
const mean = (list: ReturnType<typeof points>) =>
  meanOfLastMinute(list, ({ calls }) => calls);

describe('meanOfLastMinute', () => {
  it('is the mean of a minute, and not the newest sample alone', () => {
    expect(mean(points(900, 120, 120, 0, 0, 0, 0))).toBe(40);
  });

  it('uses two samples that are further apart', () => {
    const [first, second] = points(10, 20);
    const later = new Date(start + 120_000).toISOString();
    expect(mean([first, { ...second, at: later }])).toBe(15);
  });

  it('is unknown without samples', () => {
    expect(mean([])).toBeUndefined();
  });
});
