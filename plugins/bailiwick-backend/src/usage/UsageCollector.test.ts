import type { Pod } from '@bailiwick/backstage-kube-controller';
import { UsageCollector } from './UsageCollector';
import { UsageHistory } from './UsageHistory';

const minute = 60_000;
const start = Date.parse('2026-11-20T08:00:00Z');
const feed = { namespace: 'desk--prod', app: 'feed' };

function pod(name: string, readyAt = start - minute): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: feed.namespace,
      uid: name,
      creationTimestamp: new Date(readyAt - 10_000).toISOString(),
      labels: { 'bailiwick.dev/app': feed.app },
    },
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          lastTransitionTime: new Date(readyAt).toISOString(),
        },
      ],
    },
  };
}

/** Returns the counters of a runtime. */
const counted = (cpu: number, memory = 1_000) =>
  [
    `process_cpu_seconds_total ${cpu}`,
    `process_resident_memory_bytes ${memory}`,
  ].join('\n');

describe('UsageCollector', () => {
  let answers: Record<string, string | Error>;
  let asked: string[];
  let history: UsageHistory;
  let pods: Pod[];
  let collector: UsageCollector;
  let now: jest.SpyInstance;

  beforeEach(() => {
    now = jest.spyOn(Date, 'now').mockReturnValue(start);
    answers = {};
    asked = [];
    history = new UsageHistory();
    pods = [pod('one')];
    collector = new UsageCollector({
      gapMs: 0,
      history,
      isReady: () => true,
      pods: () => pods,
      async ask({ metadata: { name } }) {
        asked.push(name);
        const answer = answers[name];
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
  });
  afterEach(() => now.mockRestore());

  /** Samples so many minutes after the start; returns the newest slot. */
  async function sample(minutes: number) {
    now.mockReturnValue(start + minutes * minute);
    await collector.sampleAll();
    return history.read(feed, 60).at(-1);
  }

  it('counts the usage of pods since the previous sample', async () => {
    answers.one = counted(5);
    expect(await sample(0)).toMatchObject({ memory: 1_000 });
    answers.one = counted(11, 2_000);
    expect(await sample(0.9)).toMatchObject({
      cores: expect.closeTo(6 / 54),
      memory: 2_000,
    });
  });

  it('counts a container that restarted from zero', async () => {
    answers.one = counted(100);
    await sample(0);
    answers.one = counted(6);
    expect(await sample(0.9)).toMatchObject({
      cores: expect.closeTo(6 / 54),
    });
  });

  it('shows the busiest and the largest pod', async () => {
    pods = [pod('one'), pod('two')];
    answers = { one: counted(0, 100), two: counted(0, 100) };
    await sample(0);
    answers = { one: counted(54, 500), two: counted(27, 900) };
    expect(await sample(0.9)).toMatchObject({
      cores: expect.closeTo(1),
      memory: 900,
    });
  });

  it('includes the usage of a pod that became ready after the previous sample', async () => {
    answers.one = counted(0);
    await sample(0);
    // Created 44 s before the sample.
    pods = [pod('two', start + 20_000)];
    answers.two = counted(4.4);
    expect(await sample(0.9)).toMatchObject({
      cores: expect.closeTo(0.1),
    });
  });

  it('leaves out CPU from before the first sample of an app', async () => {
    answers.one = counted(5);
    await sample(0);
    expect(history.read(feed, 900)).toEqual([
      { slot: start / 900_000, memory: 1_000 },
    ]);
  });

  it('counts a pod that missed a sample for the whole time', async () => {
    answers.one = counted(0);
    await sample(0);
    answers.one = new Error('timeout');
    await sample(0.5);
    answers.one = counted(5.4);
    expect(await sample(0.9)).toMatchObject({
      cores: expect.closeTo(0.1),
    });
  });

  it('polls the five newest pods of an app, and none that is not ready', async () => {
    pods = Array.from({ length: 8 }, (_, age) =>
      pod(`pod-${age}`, start - age * minute),
    );
    pods[0].status!.conditions![0].status = 'False';
    await sample(0);
    expect(asked).toEqual(['pod-1', 'pod-2', 'pod-3', 'pod-4', 'pod-5']);
  });

  it('continues after a failed round', async () => {
    const errors: Error[] = [];
    const stopped = new AbortController();
    const broken = new UsageCollector({
      gapMs: 0,
      intervalMs: 1,
      history,
      isReady: () => true,
      pods() {
        if (errors.length < 2) throw new Error('no list');
        stopped.abort();
        return pods;
      },
      ask: async () => counted(0),
    });
    await broken.run(stopped.signal, error => errors.push(error));
    expect(errors.map(({ message }) => message)).toEqual([
      'no list',
      'no list',
    ]);
  });
});
