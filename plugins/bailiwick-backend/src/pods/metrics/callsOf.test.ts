import { callsOf } from './callsOf';
import { emptyView } from './MetricsSampler';

const empty = emptyView('runtime', { interval: 10_000, kept: 600_000 });

describe('callsOf', () => {
  it('tells the mean of the last minute, where there are samples', () => {
    const points = [900, 60, 60, 60, 60, 0, 1].map((calls, at) => ({
      at: `2026-11-20T08:00:${10 + at}Z`,
      calls,
      errors: 0,
      rows: 0,
    }));
    expect(
      callsOf([
        ['dev', { ...empty, points }],
        ['prod', empty],
      ]),
    ).toEqual({ dev: 40.2 });
    expect(callsOf([['dev', { ...empty, seconds: 90, points }]])).toEqual({
      dev: 1,
    });
  });
});
