import { formatByteQuantity, formatCpu, formatLimits } from './formatLimits';

describe('amounts in words', () => {
  it.each([
    ['4Gi', '4\u00a0GiB'],
    ['1536Mi', '1.5\u00a0GiB'],
    ['128Mi', '128\u00a0MiB'],
    ['6928Mi', '6.77\u00a0GiB'],
    ['0', '0\u00a0GiB'],
  ])('reads %s as %s', (quantity, words) => {
    expect(formatByteQuantity(quantity)).toBe(words);
  });

  it('reads thousandths of a core', () => {
    expect(['100m', '2', '1500m'].map(formatCpu)).toEqual(['0.1', '2', '1.5']);
  });

  it('shows all limits with their units', () => {
    const limits = { memory: '4Gi', storage: '20Gi', pods: 20, apps: 5 };
    expect(formatLimits({ cpu: '500m', ...limits })).toBe(
      '0.5\u00a0CPU, 4\u00a0GiB\u00a0memory, 20\u00a0GiB\u00a0storage, 20\u00a0pods, 5\u00a0apps',
    );
  });
});
