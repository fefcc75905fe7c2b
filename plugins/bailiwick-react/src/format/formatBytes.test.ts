import { formatBytes } from './formatBytes';

describe('formatBytes', () => {
  it.each([
    [4 * 2 ** 30, '4\u00a0GiB'],
    [1.5 * 2 ** 30, '1.5\u00a0GiB'],
    [128 * 2 ** 20, '128\u00a0MiB'],
    [1536, '1.5\u00a0KiB'],
    [0, '0\u00a0GiB'],
  ])('formats %s as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
