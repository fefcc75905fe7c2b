import type { UsageSample } from '@bailiwick/backstage-plugin-bailiwick-common';
import { usedRatioOfWeek } from './evidence';

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
      usedRatio: ratio(hours),
    };
  });
}

describe('usedRatioOfWeek', () => {
  it('is what was used all the time', () => {
    const usage = samples(42, hours => (hours === 100 ? 0.81 : 0.95));
    expect(usedRatioOfWeek(usage, now)).toBe(0.81);
  });

  it('is not known while the samples span less than six and a half days', () => {
    expect(
      usedRatioOfWeek(
        samples(39, () => 0.9),
        now,
      ),
    ).toBeUndefined();
    expect(
      usedRatioOfWeek(
        samples(40, () => 0.9),
        now,
      ),
    ).toBe(0.9);
    expect(usedRatioOfWeek([], now)).toBeUndefined();
  });

  it('leaves out what is older than a week', () => {
    const later = new Date(now.getTime() + 8 * hour);
    const usage = samples(42, hours => (hours > 160 ? 0.1 : 0.9));
    expect(usedRatioOfWeek(usage, later)).toBe(0.9);
  });

  it('does not speak for days of which there are no samples', () => {
    const later = new Date(now.getTime() + 48 * hour);
    expect(
      usedRatioOfWeek(
        samples(42, () => 0.9),
        later,
      ),
    ).toBeUndefined();
  });
});
