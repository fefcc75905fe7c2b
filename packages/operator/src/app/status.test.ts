import { app } from '@bailiwick/backstage-test-cluster/objects';
import { appStatus, type EnvironmentState } from './status';

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
    );
    const after = appStatus(
      { ...first, status: before },
      [state('dev', 'Progressing', '1 of 2')],
      late,
    );
    expect(after.environments?.[0].since).toBe('2026-01-01T00:00:00Z');
    const healthy = appStatus(
      { ...first, status: after },
      [state('dev', 'Healthy')],
      late,
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
    );
    expect(health).toBe('Failed');
    expect(conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      message: 'prod: It broke.',
    });
  });

  it('is ready with suspended environments, and with none', () => {
    const ready = (states: EnvironmentState[]) =>
      appStatus(app('prices', 'desk--home'), states, early).conditions?.find(
        ({ type }) => type === 'Ready',
      );
    expect(
      ready([state('dev', 'Suspended'), state('prod', 'Healthy')])?.status,
    ).toBe('True');
    expect(ready([])?.message).toBe('Runs nowhere yet');
  });
});
