import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app } from '@bailiwick/backstage-testing/objects';
import type { EnvironmentState } from '../../placement';
import { appStatus } from './status';

const early = new Date('2026-01-01T00:00:00Z');
const late = new Date('2026-01-02T00:00:00Z');
const state = (
  name: string,
  health: EnvironmentState['health'],
  why = 'So it is.',
): EnvironmentState => ({
  name,
  health,
  why,
  next: '',
  pods: { ready: 1, desired: 1 },
});

describe('appStatus', () => {
  it('keeps the time while the health stays, whatever the words', () => {
    const first = app('prices', 'desk--home');
    const before = appStatus(
      first,
      [state('dev', 'Progressing', '0 of 1')],
      early,
      [],
    );
    const after = appStatus(
      { ...first, status: before },
      [state('dev', 'Progressing', '1 of 2')],
      late,
      [],
    );
    expect(after.environments?.[0].since).toBe('2026-01-01T00:00:00Z');
    const healthy = appStatus(
      { ...first, status: after },
      [state('dev', 'Healthy')],
      late,
      [],
    );
    expect(healthy.environments?.[0].since).toBe('2026-01-02T00:00:00Z');
  });

  it('speaks of the worst environment', () => {
    const states = [
      state('dev', 'Healthy'),
      state('prod', 'Failed', 'It broke.'),
      state('test', 'Progressing'),
    ];
    const { health, conditions } = appStatus(
      app('prices', 'desk--home'),
      states,
      early,
      [],
    );
    expect(health).toBe('Failed');
    expect(conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      message: 'prod: It broke.',
    });
  });

  it('is ready with suspended environments, and with none', () => {
    const ready = (states: EnvironmentState[]) =>
      appStatus(
        app('prices', 'desk--home'),
        states,
        early,
        [],
      ).conditions?.find(({ type }) => type === 'Ready');
    expect(
      ready([
        state('dev', 'Suspended'),
        state('test', 'Healthy'),
        state('prod', 'Healthy'),
      ]),
    ).toMatchObject({
      status: 'True',
      message: 'Healthy in test, prod; Suspended in dev',
    });
    expect(ready([])?.message).toBe('Not deployed yet');
  });

  it('records who chose the first draft, and not later ones', () => {
    const because = { by: 'user:default/bea', reason: 'Created the app' };
    const created = app('prices', 'desk--home', {
      environments: [{ name: 'dev', revision: 'draft', because }],
    });
    const dev = { ...state('dev', 'Healthy'), revision: 'aaaaaaa' };
    const first = appStatus(created, [dev], early, []);
    expect(first.history).toEqual([
      expect.objectContaining({ commit: 'aaaaaaa', ...because }),
    ]);
    const pushed = { ...dev, revision: 'bbbbbbb' };
    const second = appStatus({ ...created, status: first }, [pushed], late, []);
    expect(second.history?.[0]).toEqual({
      environment: 'dev',
      commit: 'bbbbbbb',
      at: '2026-01-02T00:00:00Z',
    });
  });

  it('restores a deleted history from the requests that were carried out', () => {
    const promoted = app('prices', 'desk--home', {
      environments: [
        { name: 'dev', revision: 'draft' },
        { name: 'prod', release: 'prices-r2' },
      ],
    });
    promoted.metadata.creationTimestamp = '2025-12-01T00:00:00Z';
    const request = (release: string, at: string, changes: object = {}) =>
      ({
        spec: {
          action: 'promote',
          target: { kind: 'App', name: 'prices' },
          proposed: { environment: 'prod', release },
          requestedBy: 'user:default/bea',
          reason: `Try ${release}.`,
          ...changes,
        },
        status: { phase: 'Applied', verdict: { at } },
      } as unknown as ChangeRequest);
    const denied = request('prices-r3', '2025-12-04T00:00:00Z');
    denied.status!.phase = 'Denied';
    const requests = [
      request('prices-r1', '2025-12-02T00:00:00Z'),
      request('prices-r2', '2025-12-03T00:00:00Z'),
      denied,
      request('prices-r9', '2025-12-04T00:00:00Z', {
        target: { kind: 'App', name: 'rates' },
      }),
      // Of an earlier app with the same name.
      request('prices-r1', '2025-11-01T00:00:00Z'),
    ];
    const states = [
      { ...state('dev', 'Healthy'), revision: 'aaaaaaa' },
      { ...state('prod', 'Healthy'), release: 'prices-r2' },
    ];
    const by = 'user:default/bea';
    const restored = appStatus(promoted, states, early, requests).history;
    expect(restored).toEqual([
      { environment: 'dev', commit: 'aaaaaaa', at: '2026-01-01T00:00:00Z' },
      {
        environment: 'prod',
        release: 'prices-r2',
        by,
        reason: 'Try prices-r2.',
        at: '2025-12-03T00:00:00Z',
      },
      {
        environment: 'prod',
        release: 'prices-r1',
        by,
        reason: 'Try prices-r1.',
        at: '2025-12-02T00:00:00Z',
      },
    ]);
    // Until the requests have been read, no history begins.
    expect(
      appStatus(promoted, states, early, undefined).history,
    ).toBeUndefined();
    const kept = { ...promoted, status: { history: restored!.slice(0, 2) } };
    expect(appStatus(kept, states, late, requests).history).toEqual(
      kept.status.history,
    );
  });

  it('records deployments with time and place, newest first', () => {
    const because = { by: 'user:default/bea', reason: 'It is right.' };
    const draft = app('prices', 'desk--home');
    const promoted = app('prices', 'desk--home', {
      environments: [
        { name: 'dev', revision: 'draft' },
        { name: 'prod', release: 'prices-r1', because },
      ],
    });
    const dev = { ...state('dev', 'Healthy'), revision: 'aaaaaaa' };
    const prod = { ...state('prod', 'Progressing'), release: 'prices-r1' };
    const first = appStatus(draft, [dev], early, []);
    expect(first.history).toEqual([
      { environment: 'dev', commit: 'aaaaaaa', at: '2026-01-01T00:00:00Z' },
    ]);
    const asleep = { ...dev, revision: undefined };
    const second = appStatus(
      { ...promoted, status: first },
      [asleep, prod],
      late,
      [],
    );
    expect(second.history).toEqual([
      {
        environment: 'prod',
        release: 'prices-r1',
        ...because,
        at: '2026-01-02T00:00:00Z',
      },
      ...first.history!,
    ]);
    const same = appStatus(
      { ...promoted, status: second },
      [dev, prod],
      late,
      [],
    );
    expect(same.history).toEqual(second.history);
    const newer = { ...dev, revision: 'bbbbbbb' };
    const third = appStatus(
      { ...promoted, status: same },
      [newer, prod],
      late,
      [],
    );
    expect(third.history).toHaveLength(3);
    expect(third.history?.[0]).toMatchObject({ commit: 'bbbbbbb' });
  });
});
