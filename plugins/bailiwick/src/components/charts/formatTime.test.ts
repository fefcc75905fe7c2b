import { formatTime } from './formatTime';

describe('formatTime', () => {
  const time = new Date(2026, 10, 20, 14, 5, 10).getTime();

  it.each([
    [60, '14:05:10'],
    [30 * 60, '14:05'],
    [7 * 24 * 3600, '20 Nov'],
  ])('for an axis of %d s is %s', (seconds, expected) => {
    expect(formatTime(time, seconds * 1_000)).toBe(expected);
  });
});
