import type { ServerResponse } from 'node:http';
import {
  configMap,
  json,
  list,
  ScriptedServer,
} from '../__testUtils__/ScriptedServer';
import { KubeApiError } from '../errors';
import { Informer } from '../informer';
import { coreKinds, type ConfigMap } from '../objects';
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

  it('retries a failing key without delaying others', async () => {
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

  it('starts without an optional kind, and never without another one', async () => {
    const server = new ScriptedServer({ lists: [], watches: [] });
    const client = await server.start();
    try {
      // Nobody starts it, so it never syncs.
      const informer = new Informer<ConfigMap>({
        client,
        type: coreKinds.configMaps,
      });
      const done: string[] = [];
      const startWith = (name: string, isOptional: boolean) =>
        start({
          watches: [{ informer, toKeys: () => [], isOptional }],
          reconcile: async () => {
            done.push(name);
          },
        }).controller.enqueue('a');
      startWith('needed', false);
      startWith('optional', true);
      await until(() => done.length > 0);
      expect(done).toEqual(['optional']);
    } finally {
      await server.close();
    }
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

  it('reconciles again at the requested time', async () => {
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

  it('respects the Retry-After of a server', async () => {
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

  it('aborts a hanging reconciliation, and continues with others', async () => {
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
    expect(log.warn.mock.calls[0][0]).toContain('Timed out after 0.02 s');
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

describe('a controller that writes the objects it watches', () => {
  const own = { ...configMap('a', 10), data: { by: 'us' } };
  const foreign = { ...configMap('a', 11), data: { by: 'somebody' } };
  let server: ScriptedServer;
  let watch: ServerResponse;
  let runs: string[];
  let stop: AbortController;
  /** Runs between the write and the end of its reconciliation. */
  let afterWrite: () => Promise<void>;
  let informer: Informer<ConfigMap>;

  const tell = (object: object) =>
    watch.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);

  beforeEach(async () => {
    runs = [];
    stop = new AbortController();
    afterWrite = async () => {};
    server = new ScriptedServer({
      lists: [list(5, configMap('a', 5)), json(200, own)],
      watches: [
        response => {
          watch = response;
          response.writeHead(200).flushHeaders();
        },
      ],
    });
    const client = await server.start();
    informer = new Informer<ConfigMap>({ client, type: coreKinds.configMaps });
    const controller = new Controller({
      name: 'test',
      log,
      watches: [{ informer, toKeys: ({ metadata }) => [metadata.name] }],
      reconcile: async () => {
        const { data } = informer.get('a', 'default')!;
        runs.push(data!.by ?? 'nobody');
        if (data!.by === 'us') return;
        await informer.resource.replace({ ...own, data: { by: 'us' } });
        await afterWrite();
      },
    });
    informer.start(stop.signal);
    controller.run(stop.signal).catch(() => {});
  });
  afterEach(async () => {
    stop.abort();
    await server.close();
  });

  const settled = () => new Promise(resolve => setTimeout(resolve, 60));

  it('is not called for its own write, neither at once nor when the watch delivers it', async () => {
    await until(() => runs.length === 1 && server.watches.length === 1);
    await until(() => informer.get('a', 'default')!.data!.by === 'us');
    tell(own);
    await settled();
    expect(runs).toEqual(['nobody']);
  });

  it('is called for writes after it', async () => {
    await until(() => informer.get('a', 'default')?.data?.by === 'us');
    await until(() => server.watches.length === 1);
    tell(own);
    tell(foreign);
    await until(() => runs.length === 2);
    expect(runs).toEqual(['nobody', 'somebody']);
  });

  it('reconciles all objects again on request', async () => {
    await until(() => server.watches.length === 1);
    // The other one has written the same fields, and both are notified.
    await until(() => informer.get('a', 'default')?.data?.by === 'us');
    const seen: string[] = [];
    // It is queued when the caches are complete, and gets no events by itself.
    const late = new Controller({
      name: 'late',
      log,
      watches: [{ informer, toKeys: ({ metadata }) => [metadata.name] }],
      reconcile: async key => {
        seen.push(key);
      },
    });
    const ended = late.run(stop.signal);
    late.enqueueAll();
    await until(() => seen.length === 1);
    expect(seen).toEqual(['a']);
    stop.abort();
    await ended;
  });

  it('is called again for writes while it is running', async () => {
    afterWrite = async () => {
      afterWrite = async () => {};
      await until(() => server.watches.length === 1);
      tell(foreign);
      await until(() => informer.get('a', 'default')!.data!.by === 'somebody');
    };
    await until(() => runs.length === 2);
    expect(runs).toEqual(['nobody', 'somebody']);
  });
});

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not happen');
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}
