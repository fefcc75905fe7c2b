import { mockServices } from '@backstage/backend-test-utils';
import { anApp } from './__fixtures__/objects';
import { WatchedObjects } from './__testUtils__/WatchedObjects';
import { ChangeRunner } from './ChangeRunner';
import { createCollators } from './createCollators';

describe('ChangeRunner', () => {
  const controller = () => new AbortController();
  const fn = jest.fn<Promise<void>, []>();
  let watched: WatchedObjects;
  let stop: AbortController;

  function start() {
    const { service } = watched;
    const [factory] = createCollators(service.lists);
    const runner = new ChangeRunner({
      factory,
      kubernetes: service,
      logger: mockServices.logger.mock(),
    });
    return runner.run({ id: 'index', fn, signal: stop.signal });
  }
  const settle = () => jest.advanceTimersByTimeAsync(5_000);

  beforeEach(() => {
    jest.useFakeTimers();
    fn.mockReset().mockResolvedValue();
    watched = new WatchedObjects();
    stop = controller();
  });
  afterEach(() => jest.useRealTimers());

  it('indexes nothing before the cluster is reachable', async () => {
    watched.change({ apps: [anApp('rates')] }, false);
    await start();
    await settle();
    expect(fn).not.toHaveBeenCalled();
    watched.change({});
    await settle();
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('indexes again within seconds after a document changes, once for many events', async () => {
    await start();
    await settle();
    for (const tenant of ['rates', 'credit'])
      watched.change({ apps: [anApp(tenant)] });
    await settle();
    expect(fn).toHaveBeenCalledTimes(2);
  });

  it('does not index when only other fields change', async () => {
    const app = anApp('rates');
    watched.change({ apps: [app] });
    await start();
    await settle();
    const [first, ...rest] = app.status!.environments!;
    const environments = [{ ...first, health: 'Degraded' as const }, ...rest];
    watched.change({ apps: [{ ...app, status: { environments } }] });
    await settle();
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('indexes a change that arrives while it indexes', async () => {
    let finish = () => {};
    fn.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          finish = resolve;
        }),
    );
    await start();
    await settle();
    watched.change({ apps: [anApp('rates')] });
    await settle();
    expect(fn).toHaveBeenCalledTimes(1);
    finish();
    await jest.advanceTimersByTimeAsync(200_000);
    expect(fn).toHaveBeenCalledTimes(2);
  });

  it('retries after a failure', async () => {
    fn.mockRejectedValueOnce(new Error('disk full'));
    await start();
    await settle();
    await jest.advanceTimersByTimeAsync(15_000);
    expect(fn).toHaveBeenCalledTimes(2);
  });

  it('unsubscribes when search stops', async () => {
    await start();
    expect(watched.subscribers).toBeGreaterThan(0);
    stop.abort();
    expect(watched.subscribers).toBe(0);
    await settle();
    expect(fn).not.toHaveBeenCalled();
  });
});
