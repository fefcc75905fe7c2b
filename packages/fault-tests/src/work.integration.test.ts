import {
  Controller,
  coreKinds,
  done,
  Informer,
  keyOf,
  type ConfigMap,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { FaultBench, pause } from '@bailiwick/backstage-testing/world';
import { boundedRate } from '@bailiwick/backstage-testing/oracles';
import { Gate, holdFrames, isWrite } from '@bailiwick/backstage-testing/proxy';
import { usualLimits, violationsOf } from './scenario';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(400_000);

const silent = { info: () => {}, warn: () => {}, error: () => {} };

integration('an operator with hard work', () => {
  let bench: FaultBench;

  beforeAll(async () => {
    bench = await FaultBench.start();
    await bench.keepStill();
    await bench.giveTenant('desk', 'prices');
  });
  afterEach(() => bench.reset());
  afterAll(() => bench?.stop());

  it('operator/18 survives reconciliations that throw, reject and hang', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const stop = new AbortController();
    const configMaps = bench.admin.resource(coreKinds.configMaps);
    const informer = new Informer<ConfigMap>({
      client: bench.admin,
      type: coreKinds.configMaps,
      namespace: 'default',
    }).start(stop.signal);
    const attempts: Record<string, number> = {};
    const controller = new Controller({
      name: 'faulty',
      log: silent,
      watches: [{ informer, toKeys: ({ metadata }) => [metadata.name] }],
      timeout: 500,
      concurrency: 2,
      reconcile: async key => {
        attempts[key] = (attempts[key] ?? 0) + 1;
        if (key === 'throws') JSON.parse('no JSON');
        if (key === 'rejects') return Promise.reject(new Error('no'));
        if (key === 'hangs') return new Promise(() => {});
        return done;
      },
    });
    const running = controller.run(stop.signal);
    for (const name of ['throws', 'rejects', 'hangs', 'works'])
      await configMaps.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: 'default' },
      });
    await eventually('Each was tried again', () =>
      ['throws', 'rejects', 'hangs'].every(key => attempts[key] > 1),
    );
    expect(attempts.works).toBe(1);
    stop.abort();
    await running;
    // The operator itself: an API server that never answers to one key.
    const hung = bench.proxy.add({
      namespace: 'hung--dev',
      verb: 'patch',
      fault: { type: 'swallow' },
    });
    await bench.people.createTenant('hung');
    await eventually('It hangs', () => hung.hits.length);
    await bench.giveTenant('free', 'prices');
    await pause(100);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
    expect(bench.operator.isRunning).toBe(true);
  });

  it('operator/19 retries a failing key with growing back-off', async () => {
    const poison = bench.proxy.add({
      verb: 'patch',
      namespace: 'poison--dev',
      fault: { type: 'answer', status: 500 },
    });
    await bench.people.createTenant('poison');
    await eventually('It fails', () => poison.hits.length);
    const start = performance.now();
    await bench.giveTenant('healthy', 'prices');
    await pause(Math.max(0, 8000 - (performance.now() - start)));
    const rounds = bench.operator.log.filter(
      ({ key, level }) => key === 'poison' && level === 'warn',
    );
    // 5 ms, 10 ms, 20 ms … doubles eleven times within eight seconds.
    expect(rounds.length).toBeGreaterThan(5);
    expect(rounds.length).toBeLessThan(16);
    expect(boundedRate(poison.hits, usualLimits)).toEqual([]);
  });

  it('operator/23 waits for complete caches, and serves people first', async () => {
    await bench.stopOperator();
    await bench.people.scale('desk', 'prices', 4);
    const gate = new Gate();
    gate.close();
    bench.proxy.add({
      verb: 'watch',
      resource: 'services',
      fault: holdFrames(gate),
    });
    const before = bench.proxy.passages.length;
    const operator = bench.startOperator();
    await eventually('It is up', () => operator.port);
    await pause(2000);
    const early = bench.proxy.passages
      .slice(before)
      .filter(
        passage =>
          isWrite(passage) &&
          ['apps', 'deployments'].includes(passage.resource),
      );
    expect(early).toEqual([]);
    gate.open();
    await bench.settle('desk');

    const namespace = 'many';
    await bench.admin.resource(coreKinds.namespaces).create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    const configMaps = bench.admin.resource(coreKinds.configMaps);
    const count = 4_000;
    const create = async (from: number) => {
      for (let i = from; i < count; i += 50)
        await configMaps.create({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: `object-${i}`, namespace },
        });
    };
    await Promise.all(Array.from({ length: 50 }, (_, from) => create(from)));
    const stop = new AbortController();
    const informer = new Informer<ConfigMap>({
      client: bench.admin,
      type: coreKinds.configMaps,
      namespace,
    });
    const order: string[] = [];
    const controller = new Controller({
      name: 'many',
      log: silent,
      watches: [{ informer, toKeys: object => [keyOf(object)] }],
      reconcile: async key => {
        order.push(key);
        await pause(1);
      },
    });
    informer.start(stop.signal);
    const running = controller.run(stop.signal);
    await informer.synced;
    await eventually('Work began', () => order.length > 0);
    const edited = `object-${count - 1}`;
    await configMaps.patch(edited, { data: { a: 'b' } }, { namespace });
    const position = await eventually(
      'The edit is taken',
      () => order.indexOf(`${namespace}/${edited}`) + 1,
    );
    expect(position).toBeLessThan(count / 2);
    stop.abort();
    await running;
  });

  /** Bytes; an app with its children uses more than 30 kB. */
  const mostHeapPerApp = 15_000;

  it('operator/42 holds nothing that is over', async () => {
    const state = async () => {
      bench.operator.signal('SIGUSR2');
      await pause(500);
      bench.operator.signal('SIGUSR2');
      await pause(500);
      return {
        heap: await bench.operator.metric('nodejs_heap_size_used_bytes'),
        handles: await bench.operator.metric('nodejs_active_handles_total'),
        watches: bench.proxy.watches.length,
      };
    };
    const comeAndGo = async (from: number) => {
      const names = Array.from({ length: 5 }, (_, i) => `churn-${from + i}`);
      const { people } = bench;
      await Promise.all(names.map(name => people.createApp('desk', name)));
      if (from % 25 === 0) bench.proxy.cutWatches();
      await bench.settle('desk');
      await Promise.all(names.map(name => people.deleteApp('desk', name)));
      return names.length;
    };
    const churn = async (from: number, to: number) => {
      for (let count = from; count < to; ) count += await comeAndGo(count);
      await bench.settle('desk', 60);
      await bench.quiesce();
    };
    await bench.restartOperator();
    await churn(0, 30);
    const before = await state();
    let after = before;
    let apps = 0;
    let heapPerApp = Infinity;
    // The heap varies by 1 MB; memory held per app adds up.
    while (heapPerApp >= mostHeapPerApp && apps < 180) {
      await churn(30 + apps, 90 + apps);
      apps += 60;
      after = await state();
      heapPerApp = (after.heap - before.heap) / apps;
    }
    expect(heapPerApp).toBeLessThan(mostHeapPerApp);
    expect(after.handles).toBeLessThanOrEqual(before.handles + 5);
    expect(after.watches).toBe(before.watches);
    const kinds = bench.proxy.watches.map(
      ({ resource, query }) =>
        `${resource} ${query.get('labelSelector')} ${query.get(
          'fieldSelector',
        )}`,
    );
    expect(new Set(kinds).size).toBe(kinds.length);
  }, 400_000);

  it('operator/O4 to operator/O8 hold for all of it', async () => {
    expect(await bench.stillness()).toEqual([]);
    expect(await violationsOf(bench)).toEqual([]);
  });
});
