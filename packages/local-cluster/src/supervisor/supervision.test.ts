import type { ComponentState } from '../state/ClusterState';
import { BackOff } from './BackOff';
import { Supervised } from './Supervised';

describe('BackOff', () => {
  it('waits longer each time, up to a limit', () => {
    const backOff = new BackOff();
    const delays = Array.from({ length: 9 }, () => backOff.next(0));
    expect(delays.slice(0, 3)).toEqual([200, 400, 800]);
    expect(delays.at(-1)).toBe(10_000);
  });

  it('starts over after a long life', () => {
    const backOff = new BackOff();
    for (let i = 0; i < 5; i++) backOff.next(0);
    expect(backOff.next(60_000)).toBe(200);
    expect(backOff.next(0)).toBe(400);
  });
});

describe('a supervised component', () => {
  const component = { name: 'a', program: '/a', arguments: [] };

  it('is ready once its probe succeeds', async () => {
    let answers = 0;
    const changes: unknown[] = [];
    const supervised = new Supervised(
      { ...component, probe: async () => (answers += 1) >= 3 },
      {
        launch: () => {},
        kill: () => {},
        onChange: change => changes.push(change),
      },
    );
    await supervised.start();
    supervised.close();
    expect(answers).toBe(3);
    expect(changes).toEqual([{ ready: true, seconds: expect.any(Number) }]);
  });

  it('is started again when it ends', async () => {
    let launches = 0;
    const changes: Partial<ComponentState>[] = [];
    const supervised: Supervised = new Supervised(
      { ...component, probe: async () => launches === 2 },
      {
        launch: () => {
          launches += 1;
          if (launches === 1) setTimeout(() => supervised.ended('exit 1'));
        },
        onChange: change => changes.push(change),
        kill: () => {},
      },
    );
    const began = performance.now();
    await supervised.start();
    supervised.close();
    expect(launches).toBe(2);
    const [death, ready] = changes;
    expect(death).toEqual({
      restarts: 1,
      lastEnd: { how: 'exit 1', pauseSeconds: 0.2 },
    });
    // The time of the second process alone: without the pause before it.
    expect(ready.seconds).toBeLessThan(
      (performance.now() - began) / 1000 - 0.2,
    );
  });

  it('is given up if it keeps ending before it was ever ready', async () => {
    const supervised: Supervised = new Supervised(
      { ...component, probe: async () => false },
      {
        launch: () => setTimeout(() => supervised.ended('exit code 7')),
        onChange: () => {},
        kill: () => {},
      },
    );
    await expect(supervised.start()).rejects.toThrow('exit code 7');
    supervised.close();
  });

  it('can take its time to start as long as it works, and not if it only waits', async () => {
    let looks = 0;
    let cpu = 0;
    const startOf = (perLook: number) =>
      new Supervised(
        { ...component, probe: async () => (looks += 1) > 8 },
        {
          launch: () => {},
          kill: () => {},
          onChange: () => {},
          startIdleMs: 350,
          cpuSeconds: () => (cpu += perLook),
        },
      );
    const slow = startOf(1);
    await slow.start();
    slow.close();
    expect(looks).toBe(9);
    looks = 0;
    await expect(startOf(0.01).start()).rejects.toThrow(
      'not ready, and idle for 0.35 s',
    );
  });

  it('is killed and started again when it hangs', async () => {
    let launches = 0;
    let works = true;
    const changes: Partial<ComponentState>[] = [];
    const isBack = new Promise<void>(resolve => {
      const supervised: Supervised = new Supervised(
        { ...component, probe: async () => works },
        {
          hungMs: 300,
          launch: () => {
            launches += 1;
            works = true;
          },
          kill: () => supervised.ended('signal SIGKILL'),
          onChange: change => {
            changes.push(change);
            // It hangs as soon as it has worked for the first time.
            if (change.ready && launches === 1) works = false;
            if (change.ready && launches === 2) {
              supervised.close();
              resolve();
            }
          },
        },
      );
      supervised.start().catch(() => {});
    });
    await isBack;
    expect(changes).toContainEqual({
      restarts: 1,
      lastEnd: {
        how: 'killed, because it was not responding for 0.3 s',
        pauseSeconds: 0.2,
      },
    });
  });
});
