import { KubeApiError } from '../errors';
import { requeueAfter } from './results';
import { Controller, type ControllerOptions } from './Controller';

const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };

describe('Controller', () => {
  const stop: AbortController[] = [];
  beforeEach(() => jest.clearAllMocks());
  afterEach(() => stop.splice(0).forEach(one => one.abort()));

  function start(options: Partial<ControllerOptions>) {
    const abort = new AbortController();
    stop.push(abort);
    const controller = new Controller({
      name: 'test',
      watches: [],
      reconcile: async () => {},
      log,
      ...options,
    });
    return { controller, abort, ended: controller.run(abort.signal) };
  }

  it('tries a failing key again and lets other keys pass', async () => {
    const done: string[] = [];
    let failures = 3;
    const { controller } = start({
      reconcile: async key => {
        if (key === 'bad' && failures-- > 0) throw new Error('not yet');
        done.push(key);
      },
    });
    controller.enqueue('bad');
    controller.enqueue('good');
    await until(() => done.length === 2);
    expect(done).toEqual(['good', 'bad']);
    expect(log.warn).toHaveBeenCalledTimes(3);
  });

  it('never works on one key twice at a time', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const { controller } = start({
      concurrency: 4,
      reconcile: async () => {
        most = Math.max(most, (running += 1));
        await new Promise(resolve => setTimeout(resolve, 5));
        running -= 1;
        runs += 1;
      },
    });
    controller.enqueue('a');
    await until(() => running === 1);
    for (let i = 0; i < 20; i += 1) controller.enqueue('a');
    await until(() => runs === 2);
    expect(most).toBe(1);
  });

  it('comes back when the reconciler asks for it', async () => {
    let runs = 0;
    const { controller } = start({
      reconcile: async () => {
        runs += 1;
        return requeueAfter(5);
      },
    });
    controller.enqueue('a');
    await until(() => runs === 3);
    expect(log.warn).not.toHaveBeenCalled();
  });

  it('waits as long as a refusing server asks', async () => {
    const times: number[] = [];
    const { controller } = start({
      reconcile: async () => {
        times.push(Date.now());
        throw new KubeApiError(
          429,
          { message: 'slow down' },
          { retryAfter: 0.2 },
        );
      },
    });
    controller.enqueue('a');
    await until(() => times.length === 2);
    expect(times[1] - times[0]).toBeGreaterThanOrEqual(190);
  });

  it('cuts off a reconciler that hangs, and goes on with others', async () => {
    const done: string[] = [];
    const { controller } = start({
      timeout: 20,
      reconcile: async key => {
        if (key === 'hangs') await new Promise(() => {});
        done.push(key);
      },
    });
    controller.enqueue('hangs');
    controller.enqueue('fine');
    await until(() => done.includes('fine'));
    expect(log.warn.mock.calls[0][0]).toContain('longer than 0.02 s');
  });

  it('ends when it is stopped, also while a reconciler hangs', async () => {
    let began = false;
    const { controller, abort, ended } = start({
      reconcile: () => {
        began = true;
        return new Promise(() => {});
      },
    });
    controller.enqueue('a');
    await until(() => began);
    abort.abort();
    await expect(ended).resolves.toBeUndefined();
  });
});

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not happen');
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}
