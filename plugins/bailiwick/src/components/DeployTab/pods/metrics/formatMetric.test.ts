import { formatCores, formatMemory } from './formatMetric';

describe('formatCores', () => {
  it.each([
    [0.001, '500m', '0 of 0.5\u00a0cores'],
    [0.125, '500m', '0.13 of 0.5\u00a0cores'],
    [1.5, '2', '1.5 of 2\u00a0cores'],
    [0.125, '1', '0.13 of 1\u00a0core'],
    [0.125, undefined, '0.13\u00a0cores'],
    [undefined, '500m', 'unknown of 0.5\u00a0cores'],
    [undefined, undefined, 'unknown'],
  ])('writes %j of %j as %s', (cores, limit, expected) => {
    expect(formatCores(cores, limit)).toBe(expected);
  });
});

describe('formatMemory', () => {
  it.each([
    [91.69 * 2 ** 20, '512Mi', '92\u00a0MiB of 512\u00a0MiB'],
    [91.69 * 2 ** 20, '2Gi', '0.09\u00a0GiB of 2\u00a0GiB'],
    [1.5 * 2 ** 30, '1536Mi', '1.5\u00a0GiB of 1.5\u00a0GiB'],
    [91.69 * 2 ** 20, undefined, '91.69\u00a0MiB'],
    [undefined, '512Mi', 'unknown of 512\u00a0MiB'],
    [undefined, undefined, 'unknown'],
  ])('writes %j of %j as %s', (bytes, limit, expected) => {
    expect(formatMemory(bytes, limit)).toBe(expected);
  });
});
