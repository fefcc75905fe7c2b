import { formatCores, formatMemory } from './formatMetric';

describe('formatCores', () => {
  it.each([
    [0.001, '500m', '0 of 0.5 cores'],
    [0.125, '500m', '0.13 of 0.5 cores'],
    [1.5, '2', '1.5 of 2 cores'],
    [0.125, undefined, '0.13 cores'],
    [undefined, '500m', 'unknown of 0.5 cores'],
    [undefined, undefined, 'unknown'],
  ])('writes %j of %j as %s', (cores, limit, expected) => {
    expect(formatCores(cores, limit)).toBe(expected);
  });
});

describe('formatMemory', () => {
  it.each([
    [91.69 * 2 ** 20, '512Mi', '92 MiB of 512 MiB'],
    [91.69 * 2 ** 20, '2Gi', '0.09 GiB of 2 GiB'],
    [1.5 * 2 ** 30, '1536Mi', '1.5 GiB of 1.5 GiB'],
    [91.69 * 2 ** 20, undefined, '91.69 MiB'],
    [undefined, '512Mi', 'unknown of 512 MiB'],
    [undefined, undefined, 'unknown'],
  ])('writes %j of %j as %s', (bytes, limit, expected) => {
    expect(formatMemory(bytes, limit)).toBe(expected);
  });
});
