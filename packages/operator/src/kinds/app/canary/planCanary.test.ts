import type {
  AppCanaryStatus,
  AppEnvironment,
  AppEnvironmentStatus,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { planCanary } from './planCanary';

const at = { isStopped: false, now: new Date('2026-11-20T08:00:00Z') };
const canary: AppCanaryStatus = {
  release: 'feed-r2',
  phase: 'Running',
  percent: 10,
  startedAt: '2026-11-20T07:55:00Z',
  calls: 30,
  failed: 1,
  why: 'The canary r2 gets 10% of the calls.',
};
const rolledBack: AppCanaryStatus = {
  ...canary,
  phase: 'RolledBack',
  endsAt: '2026-11-20T07:58:00Z',
};

/** An environment in which `feed-r1` is deployed. */
function before(
  changes: Partial<AppEnvironmentStatus> = {},
): AppEnvironmentStatus {
  return {
    name: 'prod',
    health: 'Healthy',
    why: '',
    next: '',
    release: 'feed-r1',
    pods: { ready: 2, desired: 2 },
    since: '2026-11-20T07:00:00Z',
    ...changes,
  };
}

/** An environment in which `feed-r2` is wanted. */
function wanted(changes: Partial<AppEnvironment> = {}): AppEnvironment {
  return {
    name: 'prod',
    release: 'feed-r2',
    canary: { percent: 20, minutes: 10 },
    ...changes,
  };
}

describe('planCanary', () => {
  it('starts with another release', () => {
    expect(planCanary(before(), wanted(), at)).toEqual({
      release: 'feed-r2',
      phase: 'Running',
      percent: 20,
      startedAt: '2026-11-20T08:00:00Z',
      calls: 0,
      failed: 0,
      why: '',
    });
  });

  it('continues with the present share of the calls', () => {
    expect(planCanary(before({ canary }), wanted(), at)).toEqual({
      ...canary,
      percent: 20,
    });
  });

  it('continues while pods of the deployed release are not ready', () => {
    const pods = { ready: 0, desired: 2 };
    expect(planCanary(before({ canary, pods }), wanted(), at)).toMatchObject({
      startedAt: canary.startedAt,
    });
  });

  it('starts over with a third release', () => {
    const third = wanted({ release: 'feed-r3' });
    expect(planCanary(before({ canary }), third, at)).toMatchObject({
      release: 'feed-r3',
      startedAt: '2026-11-20T08:00:00Z',
      calls: 0,
    });
  });

  it('remembers that the release was rolled back', () => {
    expect(planCanary(before({ canary: rolledBack }), wanted(), at)).toEqual({
      ...rolledBack,
      percent: 20,
    });
    const earlier = wanted({ restartedAt: '2026-11-20T07:57:00Z' });
    expect(
      planCanary(before({ canary: rolledBack }), earlier, at),
    ).toMatchObject({ phase: 'RolledBack' });
  });

  it('tries again after a restart', () => {
    const restarted = wanted({ restartedAt: '2026-11-20T07:59:00Z' });
    expect(
      planCanary(before({ canary: rolledBack }), restarted, at),
    ).toMatchObject({ phase: 'Running', startedAt: '2026-11-20T08:00:00Z' });
  });

  it('starts while the only pod of the deployed release is replaced', () => {
    const pods = { ready: 0, desired: 1 };
    expect(planCanary(before({ pods }), wanted(), at)).toMatchObject({
      phase: 'Running',
    });
  });

  it('starts with an app that is resumed', () => {
    const paused = before({
      canary: rolledBack,
      health: 'Suspended',
      pods: { ready: 0, desired: 0 },
    });
    const restarted = wanted({ restartedAt: '2026-11-20T07:59:00Z' });
    expect(planCanary(paused, restarted, at)).toMatchObject({
      phase: 'Running',
      startedAt: '2026-11-20T08:00:00Z',
    });
  });

  it('waits while the app is stopped', () => {
    const stopped = { ...at, isStopped: true };
    const running = { ...canary, readyAt: '2026-11-20T07:56:00Z' };
    const paused = planCanary(before({ canary: running }), wanted(), stopped);
    expect(paused).toEqual(canary);
    const pods = { ready: 0, desired: 0 };
    expect(planCanary(before({ pods }), wanted(), stopped)).toMatchObject({
      release: 'feed-r2',
      phase: 'Running',
    });
    expect(planCanary(before({ canary, pods }), wanted(), at)).toMatchObject({
      startedAt: canary.startedAt,
    });
    expect(
      planCanary(before({ canary: rolledBack }), wanted(), stopped),
    ).toMatchObject({ phase: 'RolledBack' });
  });

  it.each<[string, AppEnvironmentStatus | undefined, AppEnvironment]>([
    [
      'an environment that deploys at once',
      before(),
      wanted({ canary: undefined }),
    ],
    ['a first deployment', undefined, wanted()],
    ['a release after a draft', before({ release: undefined }), wanted()],
    ['a draft', before(), wanted({ release: undefined, revision: 'draft' })],
    [
      'the deployed release',
      before({ canary }),
      wanted({ release: 'feed-r1' }),
    ],
    [
      'an app that is scaled to zero',
      before({ pods: { ready: 0, desired: 0 } }),
      wanted(),
    ],
    ['an app that fails', before({ health: 'Failed' }), wanted()],
  ])('has none for %s', (_, state, environment) => {
    expect(planCanary(state, environment, at)).toBeUndefined();
  });
});
