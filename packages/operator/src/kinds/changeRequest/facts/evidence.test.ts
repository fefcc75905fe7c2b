import type { UsageSample } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { request, tenant } from '@bailiwick/backstage-testing/objects';
import { evidenceOf, usedRatioOfWeek } from './evidence';

const now = new Date('2026-11-20T12:00:00Z');
const hour = 3_600_000;

/** A sample of every four hours, the newest of now, with a ratio by age in hours. */
function samples(
  count: number,
  ratio: (hours: number) => number,
): UsageSample[] {
  return Array.from({ length: count }, (_, position) => {
    const hours = (count - 1 - position) * 4;
    return {
      at: new Date(now.getTime() - hours * hour).toISOString(),
      cpu: '1',
      memory: '1Gi',
      storage: '0',
      pods: 1,
      apps: 1,
      plan: 'small',
      usedRatio: ratio(hours),
    };
  });
}

describe('usedRatioOfWeek', () => {
  it('is the usage over the whole time', () => {
    const usage = samples(42, hours => (hours === 100 ? 0.81 : 0.95));
    expect(usedRatioOfWeek(usage, 'small', now)).toBe(0.81);
  });

  it('is not known while the samples span less than six and a half days', () => {
    expect(
      usedRatioOfWeek(
        samples(39, () => 0.9),
        'small',
        now,
      ),
    ).toBeUndefined();
    expect(
      usedRatioOfWeek(
        samples(40, () => 0.9),
        'small',
        now,
      ),
    ).toBe(0.9);
    expect(usedRatioOfWeek([], 'small', now)).toBeUndefined();
  });

  it('omits samples older than a week', () => {
    const later = new Date(now.getTime() + 8 * hour);
    const usage = samples(42, hours => (hours > 160 ? 0.1 : 0.9));
    expect(usedRatioOfWeek(usage, 'small', later)).toBe(0.9);
  });

  it('omits plans that the tenant did not have', () => {
    const usage = samples(42, () => 0.9);
    expect(usedRatioOfWeek(usage, 'medium', now)).toBeUndefined();
    usage.at(-1)!.plan = 'medium';
    expect(usedRatioOfWeek(usage, 'medium', now)).toBeUndefined();
  });

  it('does not speak for days of which there are no samples', () => {
    const later = new Date(now.getTime() + 48 * hour);
    expect(
      usedRatioOfWeek(
        samples(42, () => 0.9),
        'small',
        later,
      ),
    ).toBeUndefined();
  });

  it('does not speak for a time in between of which there are no samples', () => {
    const without = (from: number, to: number) =>
      samples(42, () => 0.9).filter(({ at }) => {
        const hours = (now.getTime() - Date.parse(at)) / hour;
        return hours <= from || hours >= to;
      });
    expect(usedRatioOfWeek(without(0, 158), 'small', now)).toBeUndefined();
    expect(usedRatioOfWeek(without(40, 56), 'small', now)).toBeUndefined();
    expect(usedRatioOfWeek(without(40, 52), 'small', now)).toBe(0.9);
  });
});

describe('evidenceOf', () => {
  const made = '2026-11-01T00:00:00.000Z';
  const found = (...objects: unknown[]) => ({ index: () => objects });
  const app = {
    metadata: { creationTimestamp: made },
    status: { environments: [{ name: 'dev', since: '2026-11-19T00:00:00Z' }] },
  };
  const lastActivity = (caches: object) =>
    evidenceOf(
      {
        apps: found(),
        plans: new Map(),
        releases: found(),
        requests: found(),
        ...caches,
      } as unknown as Parameters<typeof evidenceOf>[0],
      tenant('desk'),
      request('r', 'desk', { action: 'renew' }),
      now,
    ).lastActivity;

  it('does not count a change of an app’s health as activity', () => {
    expect(lastActivity({ apps: found(app) })).toBe(made);
    expect(lastActivity({})).toBeUndefined();
  });

  it('counts a new release as activity', () => {
    const creationTimestamp = '2026-11-10T00:00:00.000Z';
    const releases = found({ metadata: { creationTimestamp } });
    expect(lastActivity({ apps: found(app), releases })).toBe(
      creationTimestamp,
    );
  });
});
