import type { Pod } from '@bailiwick/backstage-kube-controller';
import { emptyView, MetricsSampler } from './MetricsSampler';
import { RuntimeSource } from './RuntimeSource';
import { quantile, readCounters, since, sumOf } from './readCounters';

/** Returns the metrics of a runtime after some calls of 0.2 s and some of 2 s. */
function told(quick: number, slow = 0, errors = 0): string {
  const all = quick + slow;
  const bucket = (most: string, count: number) =>
    `bailiwick_call_duration_seconds_bucket{function="prices",le="${most}"} ${count}.0`;
  return [
    '# HELP bailiwick_calls_total Calls begun.',
    '# TYPE bailiwick_calls_total counter',
    `bailiwick_calls_total{function="prices"} ${all}.0`,
    'bailiwick_calls_total{function="odd,le=\\"1\\""} 0.0',
    'bailiwick_calls_created{function="prices"} 1.79e+09',
    `bailiwick_rows_total{function="prices"} ${all * 10}.0`,
    `bailiwick_call_errors_total{function="prices",type="internal"} ${errors}.0`,
    bucket('0.1', 0),
    bucket('0.25', quick),
    bucket('1.0', quick),
    bucket('2.5', all),
    bucket('+Inf', all),
    `bailiwick_call_duration_seconds_count{function="prices"} ${all}.0`,
    `bailiwick_call_duration_seconds_sum{function="prices"} ${
      quick * 0.2 + slow * 2
    }`,
    `process_cpu_seconds_total ${all}.5`,
    'bailiwick_call_errors_total{function="prices",type="invalid-parameter"} 7.0',
    'process_resident_memory_bytes 1.048576e+08',
    'bailiwick_calls_in_flight{function="prices"} 2.0',
    'bailiwick_calls_in_flight{function="rates"} 1.0',
  ].join('\n');
}

describe('readCounters', () => {
  it('reads only the runtime’s own counters', () => {
    expect(readCounters(told(10, 2, 1))).toMatchObject({
      calls: 12,
      errors: 1,
      rows: 120,
      seconds: 6,
      ended: 12,
      cpu: 12.5,
      memory: 104_857_600,
      running: 3,
    });
    const nothing = readCounters('<html>\n\0\nbailiwick_calls_total NaN\n');
    expect(nothing).toMatchObject({ calls: 0, ended: 0 });
  });

  it('counts from zero after a restart of a pod', () => {
    const [early, late] = [readCounters(told(10)), readCounters(told(14, 1))];
    expect(since(late, early)).toMatchObject({ calls: 5, rows: 50, ended: 5 });
    expect(since(early, late)).toMatchObject({ calls: 10 });
    expect(since(early, undefined)).toMatchObject({ calls: 10 });
  });

  it('returns the p95 latency', () => {
    expect(quantile(readCounters(told(100)), 0.95)).toBeCloseTo(0.2425);
    expect(quantile(readCounters(told(90, 10)), 0.95)).toBeCloseTo(1.75);
    expect(quantile(readCounters(''), 0.95)).toBeUndefined();
    const both = sumOf([readCounters(told(50)), readCounters(told(50))]);
    expect(quantile(both, 0.95)).toBeCloseTo(0.2425);
  });
});

describe('MetricsSampler', () => {
  const interval = 10_000;
  let answers: Record<string, string | Error>;
  let asked: number;
  let sampler: MetricsSampler;

  function pod(name: string, commit: string): Pod {
    const labels = { 'bailiwick.dev/commit': commit };
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels } };
  }
  let pods: Pod[];

  beforeEach(() => {
    jest.useFakeTimers();
    asked = 0;
    pods = [pod('one', 'aaa')];
    answers = { one: told(100) };
    const times = { interval, kept: 60_000 };
    sampler = new MetricsSampler({
      ...times,
      empty: emptyView('runtime', times),
      source: new RuntimeSource({
        ...times,
        pods: () => pods,
        async ask({ metadata: { name } }) {
          asked += 1;
          const answer = answers[name];
          if (answer instanceof Error) throw answer;
          return answer;
        },
      }),
    });
  });
  afterEach(() => jest.useRealTimers());
  const tick = () => jest.advanceTimersByTimeAsync(interval);

  it('samples once for all viewers, and only while there are any', async () => {
    await tick();
    expect(asked).toBe(0);
    const seen = [0, 0];
    const leave = [0, 1].map(viewer =>
      sampler.watch(() => {
        seen[viewer] += 1;
      }),
    );
    await tick();
    expect([asked, ...seen]).toEqual([2, 2, 2]);
    leave.forEach(one => one());
    await tick();
    expect(asked).toBe(2);
    expect(sampler.isStale).toBe(false);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sampler.isStale).toBe(true);
  });

  it('returns rates from the second sample on, and the usage of pods', async () => {
    sampler.watch(() => {});
    await jest.advanceTimersByTimeAsync(0);
    expect(sampler.view().points).toEqual([]);
    answers.one = told(110, 0, 2);
    // One that starts while there are viewers counts from its beginning.
    pods = [pod('two', 'aaa'), pod('one', 'aaa')];
    answers.two = told(10);
    await tick();
    const { points, use } = sampler.view();
    expect(points).toMatchObject([{ calls: 120, errors: 12, rows: 1200 }]);
    expect(points[0].mean).toBeCloseTo(0.2);
    expect(use).toEqual([
      { pod: 'two', calls: 10, memory: 104_857_600, running: 3 },
      {
        pod: 'one',
        calls: 110,
        memory: 104_857_600,
        cores: 1,
        running: 3,
      },
    ]);
  });

  it('counts a pod that missed one question for the time that went by', async () => {
    sampler.watch(() => {});
    await tick();
    answers.one = new Error('busy');
    await tick();
    answers.one = told(140);
    await tick();
    // 40 calls in two intervals of ten seconds.
    expect(sampler.view().points.at(-1)).toMatchObject({ calls: 120 });
  });

  it('queries a source once for concurrent callers', async () => {
    await Promise.all([sampler.sampleOnce(), sampler.sampleOnce()]);
    expect(asked).toBe(1);
    await sampler.sampleOnce();
    expect(asked).toBe(1);
    await jest.advanceTimersByTimeAsync(interval);
    await sampler.sampleOnce();
    expect(asked).toBe(2);
  });

  it('marks deployments, and drops old samples', async () => {
    sampler.watch(() => {});
    await tick();
    pods = [pod('two', 'bbb')];
    answers.two = told(1);
    await tick();
    expect(sampler.view().markers).toMatchObject([{ commits: ['bbb'] }]);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(sampler.view().markers).toEqual([]);
    expect(sampler.view().points.length).toBeLessThanOrEqual(7);
  });

  it('names unresponsive pods', async () => {
    answers.one = new Error('no answer');
    sampler.watch(() => {});
    await tick();
    expect(sampler.view()).toMatchObject({
      points: [],
      notes: ['1 of 1 pods did not respond.'],
    });
  });
});
