import { formatCount } from './formatCount';

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
