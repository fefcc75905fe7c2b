import { readMetrics, sumOf } from './metrics';

const text = `# HELP requests_total Requests
# TYPE requests_total counter
requests_total{flow="reads",path="/a\\"{b}"} 3
requests_total{flow="writes"} 4
requests_total_created 17
up 1e+06
`;

describe('metrics', () => {
  const samples = readMetrics(text);

  it('adds up the samples of exactly that name', () => {
    expect(sumOf(samples, 'requests_total')).toBe(7);
  });

  it('adds up only samples with the given labels', () => {
    expect(sumOf(samples, 'requests_total', { flow: 'writes' })).toBe(4);
    expect(sumOf(samples, 'requests_total', { flow: 'none' })).toBe(0);
  });

  it('reads samples without labels and large numbers', () => {
    expect(sumOf(samples, 'up')).toBe(1_000_000);
  });
});
