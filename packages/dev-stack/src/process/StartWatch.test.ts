/** @jest-environment node */
import { cpuSeconds } from '@bailiwick/backstage-local-cluster';
import { StartWatch } from './StartWatch';

describe('StartWatch', () => {
  const limits = { idleMs: 60_000, deaths: 3 };

  it('waits for a working process for any time', () => {
    let cpu = 0;
    const watch = new StartWatch(limits, () => cpu);
    for (let second = 0; second < 3600; second += 1) {
      // A twentieth of a processor, as on a machine that has a lot to do.
      cpu += 0.05;
      expect(watch.look(7, 0, second * 1000)).toBeUndefined();
    }
  });

  it('gives up a process that only waits', () => {
    let cpu = 0;
    const watch = new StartWatch(limits, () => cpu);
    const seen: (string | undefined)[] = [];
    for (let second = 0; second <= 61; second += 1) {
      // Time for responses.
      cpu += 0.01;
      seen.push(watch.look(7, 0, second * 1000));
    }
    expect(seen.slice(0, 61)).toEqual(Array(61).fill(undefined));
    expect(seen[61]).toBe('is not ready, and idle for 60 s');
  });

  it('gives up a program that keeps ending', () => {
    const watch = new StartWatch(limits, () => 0);
    for (const ended of [0, 1, 2])
      expect(watch.look(ended + 1, ended, 0)).toBeUndefined();
    expect(watch.look(undefined, 3, 0)).toBe(
      'ended 3 times before it was ready',
    );
  });

  const onLinux = process.platform === 'linux' ? describe : describe.skip;
  onLinux('on Linux', () => {
    it('reports the work of a process', () => {
      const { system, user } = process.cpuUsage();
      const known = (system + user) / 1e6;
      expect(cpuSeconds(process.pid)).toBeGreaterThan(known - 0.5);
      expect(cpuSeconds(process.pid)).toBeLessThan(known + 5);
      expect(cpuSeconds(0)).toBeUndefined();
    });
  });
});
