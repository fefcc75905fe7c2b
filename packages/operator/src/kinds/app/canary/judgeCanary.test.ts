import type {
  AppCanaryStatus,
  CallTally,
  Contract,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { judgeCanary, type CanaryFacts } from './judgeCanary';

const now = new Date('2026-11-20T08:00:00Z');
const settings = { percent: 10, minutes: 10 };
const canary: AppCanaryStatus = {
  release: 'feed-r2',
  phase: 'Running',
  percent: 10,
  startedAt: '2026-11-20T07:55:00Z',
  calls: 0,
  failed: 0,
  why: '',
};
const tally = (calls: number, failed = 0): CallTally => ({
  calls,
  failed,
  durations: [calls],
});
const contractOf = (...names: string[]): Contract => ({
  functions: names.map(name => ({
    name,
    parameters: {},
    result: { kind: 'value', schema: { type: 'number' } },
  })),
});

/** Facts about a canary whose pods are ready. */
function facts(changes: Partial<CanaryFacts> = {}): CanaryFacts {
  return {
    state: { health: 'Healthy', why: '', contract: contractOf('prices') },
    calls: { canary: tally(40, 1), stable: tally(360) },
    deployed: { release: 'feed-r1', contract: contractOf('prices') },
    ...changes,
  };
}

describe('judgeCanary', () => {
  it('waits for its pods', () => {
    const state = { health: 'Progressing', why: 'Starting.' } as const;
    const judged = judgeCanary(canary, settings, facts({ state }), now);
    expect(judged).toMatchObject({
      why: 'The canary r2 is starting. Starting.',
    });
    expect(judged?.readyAt).toBeUndefined();
  });

  it('waits for its contract', () => {
    const state = { health: 'Healthy', why: '' } as const;
    const judged = judgeCanary(canary, settings, facts({ state }), now);
    expect(judged?.readyAt).toBeUndefined();
  });

  it('lasts as long as it shall from when its pods are ready', () => {
    expect(judgeCanary(canary, settings, facts(), now)).toEqual({
      ...canary,
      readyAt: '2026-11-20T08:00:00Z',
      endsAt: '2026-11-20T08:10:00Z',
      calls: 40,
      failed: 1,
      why: 'The canary r2 gets 10% of the calls; 1 of 40 failed.',
    });
  });

  it('keeps running while a pod is replaced', () => {
    const running = { ...canary, readyAt: '2026-11-20T07:40:00Z' };
    const state = { health: 'Progressing', why: 'Starting.' } as const;
    expect(judgeCanary(running, settings, facts({ state }), now)).toMatchObject(
      { phase: 'Running', readyAt: running.readyAt },
    );
  });

  it('passes at its end', () => {
    const running = { ...canary, readyAt: '2026-11-20T07:50:00Z' };
    expect(judgeCanary(running, settings, facts(), now)).toBeUndefined();
  });

  it.each<[string, Partial<CanaryFacts>, string]>([
    [
      'its pods fail',
      { state: { health: 'Failed', why: 'The pod crashed: KeyError.' } },
      'Release r2 was rolled back: The pod crashed: KeyError. Release r1 gets all calls.',
    ],
    [
      'its contract breaks callers',
      {
        deployed: {
          release: 'feed-r1',
          contract: contractOf('prices', 'mean'),
        },
      },
      'Release r2 was rolled back: its contract breaks callers (Function mean was removed). Release r1 gets all calls.',
    ],
    [
      'its calls fail',
      { calls: { canary: tally(40, 4), stable: tally(360) } },
      'Release r2 was rolled back: 4 of 40 calls failed (deployed release: 0 of 360). Release r1 gets all calls.',
    ],
  ])('rolls back if %s', (_, changes, why) => {
    const running = { ...canary, readyAt: '2026-11-20T07:50:00Z' };
    expect(judgeCanary(running, settings, facts(changes), now)).toMatchObject({
      phase: 'RolledBack',
      endsAt: '2026-11-20T08:00:00Z',
      why,
    });
  });
});
