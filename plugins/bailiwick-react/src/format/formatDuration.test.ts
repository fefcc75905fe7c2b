import { formatDuration } from './formatDuration';

describe('formatDuration', () => {
  it.each([
    ['365d', '365\u00a0days'],
    ['1d', '1\u00a0day'],
    ['12h', '12\u00a0hours'],
    ['90m', '90\u00a0minutes'],
  ])('reads %s as %s', (duration, words) => {
    expect(formatDuration(duration)).toBe(words);
  });
});
