import type { Obstacle } from '../workload';
import { blockedHealth } from './blockedHealth';
import type { PreviousHealth } from './readHealth';

const now = new Date('2026-11-20T08:00:30Z');
const code: Obstacle = {
  health: 'Progressing',
  why: 'The code is not packed yet.',
  next: '',
};
const before = (
  health: PreviousHealth['health'],
  since: string,
): PreviousHealth => ({
  health,
  why: '',
  since: `2026-11-20T08:00:${since}Z`,
  pods: { ready: 1, desired: 1 },
});

describe('blockedHealth', () => {
  it('is the obstacle’s if no pod is ready', () => {
    expect(blockedHealth(code, 0, undefined, now).report.health).toBe(
      'Progressing',
    );
  });

  it('waits ten seconds for pending objects while older pods are ready', () => {
    expect(blockedHealth(code, 1, before('Healthy', '00'), now)).toEqual({
      report: {
        health: 'Progressing',
        why: 'Older pods are still ready. The code is not packed yet.',
        next: '',
      },
      recheckAfter: 10_000,
    });
    const begun = before('Progressing', '22');
    expect(blockedHealth(code, 1, begun, now).recheckAfter).toBe(2000);
    const long = before('Progressing', '20');
    expect(blockedHealth(code, 1, long, now).report.health).toBe('Degraded');
    const bad = before('Degraded', '29');
    expect(blockedHealth(code, 1, bad, now).report.health).toBe('Degraded');
  });

  it('waits for a build as long as it runs', () => {
    const build: Obstacle = { ...code, isBuilding: true };
    const long = before('Progressing', '01');
    expect(blockedHealth(build, 1, long, now)).toEqual({
      report: expect.objectContaining({ health: 'Progressing' }),
    });
  });

  it('does not wait if an action is required', () => {
    const refused: Obstacle = { ...code, health: 'Failed' };
    const well = before('Healthy', '00');
    expect(blockedHealth(refused, 1, well, now).report.health).toBe('Degraded');
    expect(blockedHealth(refused, 0, well, now).report.health).toBe('Failed');
  });
});
