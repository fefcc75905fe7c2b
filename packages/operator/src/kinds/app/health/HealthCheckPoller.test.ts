import type { Pod } from '@bailiwick/backstage-kube-controller';
import { HealthCheckPoller } from './HealthCheckPoller';

const pod = (uid: string) => ({ metadata: { name: 'p', uid } } as Pod);
const contract = {
  functions: [],
  checks: [{ name: 'whole', remedy: 'Reload it.' }, { name: 'recent' }],
};
const now = new Date('2026-01-01T10:00:00Z');
const before = '2026-01-01T08:00:00Z';
const { signal } = new AbortController();
const said = (whole: string, recent = 'passed') => ({
  checks: [
    { name: 'whole', state: whole, message: whole === 'failed' ? 'Bent.' : '' },
    { name: 'recent', state: recent, message: '' },
  ],
});

function checksOf(...answers: unknown[]) {
  let asked = 0;
  const poller = new HealthCheckPoller(async () => {
    asked += 1;
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { poller, asked: () => asked };
}

describe('HealthCheckPoller', () => {
  beforeEach(() => jest.useFakeTimers({ now }));
  afterEach(() => jest.useRealTimers());

  it('calls no pod without checks', async () => {
    const { poller, asked } = checksOf();
    const none = { functions: [] };
    expect(await poller.poll(pod('a'), none, [], now, signal)).toEqual({});
    expect(asked()).toBe(0);
  });

  it('degrades by the first that failed, with its remedy', async () => {
    const { poller } = checksOf(said('failed'));
    const previous = [
      { name: 'whole', state: 'Passed' as const, message: '', since: before },
      { name: 'recent', state: 'Passed' as const, message: '', since: before },
    ];
    const found = await poller.poll(pod('a'), contract, previous, now, signal);
    expect(found.report).toEqual({
      health: 'Degraded',
      why: 'Bent.',
      next: 'Reload it.',
    });
    expect(found.checks).toEqual([
      {
        name: 'whole',
        state: 'Failed',
        message: 'Bent.',
        since: '2026-01-01T10:00:00Z',
      },
      { name: 'recent', state: 'Passed', message: '', since: before },
    ]);
  });

  it('polls each pod once a minute, and more often while there is a problem', async () => {
    const { poller, asked } = checksOf(
      said('passed'),
      said('failed'),
      said('failed'),
      said('passed'),
    );
    const ask = () => poller.poll(pod('a'), contract, [], now, signal);
    expect((await ask()).recheckAfter).toBe(60_000);
    jest.advanceTimersByTime(59_000);
    await ask();
    expect(asked()).toBe(1);
    jest.advanceTimersByTime(1_000);
    expect((await ask()).recheckAfter).toBe(15_000);
    jest.advanceTimersByTime(15_000);
    await ask();
    expect(asked()).toBe(3);
    poller.forget(pod('a'));
    expect((await ask()).report).toBeUndefined();
  });

  it('keeps the last result while the pod is not responding or returns invalid data', async () => {
    const { poller } = checksOf(new Error('refused'), { checks: 'none' });
    const first = await poller.poll(pod('a'), contract, [], now, signal);
    expect(first.checks).toMatchObject([
      { state: 'Unknown', message: 'The pod is not responding.' },
      { state: 'Unknown' },
    ]);
    expect(first.report).toBeUndefined();
    const failed = {
      name: 'whole',
      state: 'Failed' as const,
      message: 'Bent.',
      since: before,
    };
    const then = await poller.poll(pod('b'), contract, [failed], now, signal);
    expect(then.checks?.[0]).toEqual(failed);
    expect(then.report?.health).toBe('Degraded');
    jest.advanceTimersByTime(301_000);
    const late = await poller.poll(pod('b'), contract, [failed], now, signal);
    expect(late.checks?.[0]).toMatchObject({ state: 'Unknown' });
    expect(late.report).toBeUndefined();
  });
});
