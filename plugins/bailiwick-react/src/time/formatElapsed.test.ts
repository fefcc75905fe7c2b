import { formatElapsed } from './formatElapsed';

describe('formatElapsed', () => {
  it.each([
    [0, '0 s'],
    [119, '119 s'],
    [720, '12 min'],
    [7_199, '119 min'],
    [10_800, '3 h'],
  ])('formats %s seconds as %s', (seconds, text) => {
    expect(formatElapsed(seconds)).toBe(text);
  });
});
