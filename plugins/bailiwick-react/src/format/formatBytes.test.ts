import { formatBytes } from './formatBytes';

describe('formatBytes', () => {
  it.each([
    [4 * 2 ** 30, '4 GiB'],
    [1.5 * 2 ** 30, '1.5 GiB'],
    [128 * 2 ** 20, '128 MiB'],
    [1536, '1.5 KiB'],
    [0, '0 GiB'],
  ])('formats %s as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
