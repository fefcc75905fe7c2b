import { formatDuration } from './formatDuration';

describe('formatDuration', () => {
  it.each([
    ['365d', '365 days'],
    ['1d', '1 day'],
    ['12h', '12 hours'],
    ['90m', '90 minutes'],
  ])('reads %s as %s', (duration, words) => {
    expect(formatDuration(duration)).toBe(words);
  });
});
