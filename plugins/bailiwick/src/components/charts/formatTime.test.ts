import { formatRecentTime, formatTime } from './formatTime';

describe('formatTime', () => {
  const time = new Date(2026, 10, 20, 14, 5, 10).getTime();

  it.each([
    [60, '14:05:10'],
    [30 * 60, '14:05'],
    [7 * 24 * 3600, 'Nov 20'],
  ])('for an axis of %d s is %s', (seconds, expected) => {
    expect(formatTime(time, seconds * 1_000)).toBe(expected);
  });
});

describe('formatRecentTime', () => {
  const at = (day: number, hour: number) =>
    new Date(2026, 10, day, hour, 5).getTime();

  it.each([
    [20, 0, '00:05'],
    [19, 23, 'yesterday 23:05'],
    [19, 15, 'yesterday 15:05'],
    [18, 15, 'Nov 18 15:05'],
  ])('for 20 November, %d November %d:05 is %s', (day, hour, expected) => {
    expect(formatRecentTime(at(day, hour), at(20, 15))).toBe(expected);
  });
});
