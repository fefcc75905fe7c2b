import { formatByteQuantity, formatCpu, formatLimits } from './formatLimits';

describe('amounts in words', () => {
  it.each([
    ['4Gi', '4 GiB'],
    ['1536Mi', '1.5 GiB'],
    ['128Mi', '128 MiB'],
    ['6928Mi', '6.77 GiB'],
    ['0', '0 GiB'],
  ])('reads %s as %s', (quantity, words) => {
    expect(formatByteQuantity(quantity)).toBe(words);
  });

  it('reads thousandths of a core', () => {
    expect(['100m', '2', '1500m'].map(formatCpu)).toEqual(['0.1', '2', '1.5']);
  });

  it('shows all limits with their units', () => {
    const limits = { memory: '4Gi', storage: '20Gi', pods: 20, apps: 5 };
    expect(formatLimits({ cpu: '500m', ...limits })).toBe(
      '0.5 CPU, 4 GiB memory, 20 GiB storage, 20 pods, 5 apps',
    );
  });
});
