import { callsOf } from './callsOf';
import { emptyView } from './MetricsSampler';

const empty = emptyView('runtime', { interval: 10_000, kept: 600_000 });
const now = Date.parse('2026-11-20T08:10:00Z');

function samples(...calls: number[]) {
  return calls.map((count, back) => ({
    at: new Date(now - back * 10_000).toISOString(),
    calls: count,
    errors: 0,
    rows: 0,
  }));
}

describe('callsOf', () => {
  it('returns the mean of the last minute, and drops older samples', () => {
    const points = samples(1, 0, 60, 60, 60, 60, 900);
    expect(
      callsOf(
        [
          ['dev', { ...empty, points }],
          ['prod', empty],
        ],
        now,
      ),
    ).toEqual({ dev: { perMinute: 40.2, isPart: false } });
    expect(callsOf([['dev', { ...empty, points }]], now + 120_000)).toEqual({});
  });

  it('reports when not all pods are counted', () => {
    const notes = ['Only the 20 newest of 100 pods are sampled.'];
    expect(
      callsOf([['dev', { ...empty, notes, points: samples(6) }]], now),
    ).toEqual({ dev: { perMinute: 6, isPart: true } });
  });
});
