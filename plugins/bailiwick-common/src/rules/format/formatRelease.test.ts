import { formatRelease } from './formatRelease';

describe('formatRelease', () => {
  it.each([
    ['prices-r3', 'r3'],
    ['month-end-prices-r12', 'r12'],
    ['prices-r2-r1', 'r1'],
    ['r3', 'r3'],
    ['hotfix', 'hotfix'],
    ['prices-r2d2', 'prices-r2d2'],
  ])('shows %s as %s', (name, text) => {
    expect(formatRelease(name)).toBe(text);
  });
});
