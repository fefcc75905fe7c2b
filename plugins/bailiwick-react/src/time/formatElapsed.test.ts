import { formatElapsed } from './formatElapsed';

describe('formatElapsed', () => {
  it.each([
    [0, '0\u00a0s'],
    [119, '119\u00a0s'],
    [720, '12\u00a0min'],
    [7_199, '119\u00a0min'],
    [10_800, '3\u00a0h'],
  ])('formats %s seconds as %s', (seconds, text) => {
    expect(formatElapsed(seconds)).toBe(text);
  });
});
