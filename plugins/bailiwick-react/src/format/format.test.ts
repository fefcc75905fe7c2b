import { formatBytes } from './formatBytes';
import { formatCount } from './formatCount';

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

describe('formatCount', () => {
  it('uses the plural unless there is exactly one', () => {
    expect(formatCount(1, 'app')).toBe('1 app');
    expect(formatCount(0, 'app')).toBe('0 apps');
    expect(formatCount(2, 'pod is', 'pods are')).toBe('2 pods are');
  });

  it('separates thousands', () => {
    expect(formatCount(7_997_000_000, 'call')).toBe('7,997,000,000 calls');
  });
});
