import {
  Controller,
  coreKinds,
  done,
  Informer,
  keyOf,
  KubeClient,
  type ConfigMap,
} from '@bailiwick/backstage-kube-controller';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '@bailiwick/backstage-testing/world';
import {
  FaultProxy,
  isFullList,
  isStreamedList,
  truncateFrame,
  type Passage,
} from '@bailiwick/backstage-testing/proxy';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(400_000);

integration('the controller runtime, where other informers fail', () => {
  let cluster: TestCluster;
  let proxy: FaultProxy;
  let client: KubeClient;
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const stops: AbortController[] = [];
  const clients: KubeClient[] = [];
  const configMaps = () => cluster.client.resource(coreKinds.configMaps);

  const write = (namespace: string, name: string, value = '') =>
    configMaps().apply(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace },
        data: { value },
      },
      { fieldManager: 'test' },
    );

  /** Follows the ConfigMaps of a new namespace; `passages` are the requests of this informer. */
  async function follow(
    namespace: string,
    options: Partial<ConstructorParameters<typeof Informer<ConfigMap>>[0]> = {},
  ) {
    await cluster.client.resource(coreKinds.namespaces).create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    const stop = new AbortController();
    stops.push(stop);
    const errors: Error[] = [];
    const changes: string[] = [];
    const informer = new Informer<ConfigMap>({
      client,
      type: coreKinds.configMaps,
      namespace,
      onError: error => errors.push(error as Error),
      ...options,
    });
    informer.onChange(({ type, object }) =>
      changes.push(`${type} ${object.metadata.name}`),
    );
    informer.start(stop.signal);
    const passages = (): Passage[] =>
      proxy.passages.filter(one => one.namespace === namespace);
    return { informer, errors, changes, passages };
  }

  beforeAll(async () => {
    cluster = await startTestCluster();
    // Reading everywhere needs the administrator's rights.
    proxy = await FaultProxy.start({
      kubeconfig: cluster.kubeconfig,
      folder,
      serving: cluster.serving(),
    });
    client = KubeClient.fromKubeconfig({
      path: proxy.kubeconfig,
      userAgent: 'test',
    });
    clients.push(client);
  });
  afterEach(() => {
    proxy.clear();
    stops.splice(0).forEach(stop => stop.abort());
  });
  afterAll(async () => {
    await proxy?.close();
    await cluster?.stop();
    await Promise.all(clients.map(one => one.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('runtime/a keeps a quiet watch open for longer than the timeout of requests', async () => {
    const timeout = 3000;
    const impatient = KubeClient.fromKubeconfig({
      path: proxy.kubeconfig,
      userAgent: 'test',
      timeout,
    });
    clients.push(impatient);
    const { informer, passages, changes } = await follow('quiet', {
      client: impatient,
    });
    await informer.synced;
    await pause(2 * timeout);
    expect(passages()).toHaveLength(1);
    await write('quiet', 'late');
    await eventually('It is seen', () => changes.includes('added late'), 1);
  });

  it('runtime/b requests bookmarks and resumes from them', async () => {
    const { informer, passages, changes } = await follow('marked');
    await informer.synced;
    expect(passages()[0].query.get('allowWatchBookmarks')).toBe('true');
    // The API server sends one each minute; this one comes earlier.
    const { metadata } = await cluster.client.request<{
      metadata: { resourceVersion: string };
    }>({ path: '/api/v1/configmaps' });
    const { resourceVersion } = metadata;
    const object = { kind: 'ConfigMap', metadata: { resourceVersion } };
    proxy.inject({ type: 'BOOKMARK', object }, { namespace: 'marked' });
    await pause(200);
    proxy.endWatches({ namespace: 'marked' });
    await eventually('It asks again', () => passages().length === 2);
    expect(passages()[1].query.get('resourceVersion')).toBe(resourceVersion);
    await write('marked', 'after');
    await eventually('It is seen', () => changes.includes('added after'));
  });

  it('runtime/c continues after every error without a restart', async () => {
    const { informer, errors, changes } = await follow('errors');
    await informer.synced;
    const cuts: number[] = [];
    for (const status of [408, 429, 500, 502, 503, 504, 403, 401, 404]) {
      proxy.add({
        verb: 'watch',
        namespace: 'errors',
        first: 1,
        fault: { type: 'answer', status, retryAfter: 0 },
      });
      cuts.push(proxy.cutWatches({ namespace: 'errors' }));
      await write('errors', `after-${status}`);
      await eventually(`It goes on after ${status}`, () =>
        changes.includes(`added after-${status}`),
      );
      proxy.clear();
    }
    expect(Math.min(...cuts)).toBe(1);
    expect(errors.length).toBeGreaterThanOrEqual(9);
  });

  it('runtime/d does not flood a server that ends every watch at once', async () => {
    const { informer, passages } = await follow('flood');
    await informer.synced;
    for (const fault of [
      { type: 'answer', status: 500 },
      { type: 'refuse' },
      { type: 'answer', status: 200, body: undefined },
    ] as const) {
      proxy.clear();
      proxy.add({ verb: 'watch', namespace: 'flood', fault });
      proxy.cutWatches({ namespace: 'flood' });
      const start = passages().length;
      await pause(3000);
      expect(passages().length - start).toBeLessThan(12);
    }
  });

  it('runtime/e holds nothing of watches that are over', async () => {
    const { informer, changes, passages } = await follow('leaks');
    await informer.synced;
    const open = () =>
      process.getActiveResourcesInfo().filter(name => /TCP|Timeout/.test(name))
        .length;
    const end = async () => {
      const count = passages().length;
      await eventually('The watch is open', () =>
        proxy.endWatches({ namespace: 'leaks' }),
      );
      await eventually('It asks again', () => passages().length > count);
      await pause(20);
    };
    const round = async (from: number, to: number) => {
      for (let i = from; i < to; i += 1) await end();
    };
    await round(0, 5);
    await pause(500);
    const before = open();
    await round(5, 25);
    await pause(500);
    expect(open()).toBeLessThanOrEqual(before + 4);
    expect(
      proxy.watches.filter(({ namespace }) => namespace === 'leaks'),
    ).toHaveLength(1);
    await write('leaks', 'after');
    await eventually('It is seen', () => changes.includes('added after'));
  });

  it('runtime/f streams lists, and reads pages where that is not known', async () => {
    await write('default', 'any');
    const streaming = await follow('streamed');
    await streaming.informer.synced;
    expect(streaming.passages().map(isStreamedList)).toEqual([true]);
    proxy.add({
      verb: 'watch',
      when: isStreamedList,
      fault: { type: 'answer', status: 422, body: { reason: 'Invalid' } },
    });
    proxy.add({ verb: 'list', fault: { type: 'pages', limit: 2 } });
    const paging = await follow('paged');
    for (let i = 0; i < 5; i += 1) await write('paged', `object-${i}`);
    await paging.informer.synced;
    const again = new Informer<ConfigMap>({
      client,
      type: coreKinds.configMaps,
      namespace: 'paged',
    });
    const stop = new AbortController();
    stops.push(stop);
    again.start(stop.signal);
    await again.synced;
    expect(again.size).toBe(5);
    const lists = paging.passages().filter(({ verb }) => verb === 'list');
    expect(lists.every(({ query }) => query.has('limit'))).toBe(true);
    expect(lists.filter(one => !isFullList(one)).length).toBeGreaterThan(1);
  });

  it('runtime/g knows when it is complete, supports indexes and drops unused fields', async () => {
    const { informer } = await follow('indexed', {
      indexes: { value: ({ data }) => [data?.value ?? ''] },
    });
    expect(informer.isSynced).toBe(false);
    await informer.synced;
    await write('indexed', 'one', 'red');
    await write('indexed', 'two', 'red');
    await write('indexed', 'three', 'blue');
    const names = (value: string) =>
      informer
        .index('value', value)
        .map(({ metadata }) => metadata.name)
        .sort();
    await eventually('All are seen', () => names('blue').length);
    expect(names('red')).toEqual(['one', 'two']);
    await write('indexed', 'two', 'blue');
    await eventually('The index follows', () => names('red').length === 1);
    expect(informer.get('one', 'indexed')?.metadata).not.toHaveProperty(
      'managedFields',
    );
    // A queue that works on one key once, however often it changed.
    const worked: string[] = [];
    const controller = new Controller({
      name: 'indexed',
      log: { info() {}, warn() {}, error() {} },
      watches: [{ informer, toKeys: object => [keyOf(object)] }],
      reconcile: async key => {
        worked.push(key);
        await pause(200);
        return done;
      },
    });
    const stop = new AbortController();
    const running = controller.run(stop.signal);
    controller.enqueue('indexed/one');
    await eventually('It is at work', () => worked.length);
    for (let i = 0; i < 10; i += 1) controller.enqueue('indexed/one');
    await pause(700);
    expect(worked).toEqual(['indexed/one', 'indexed/one']);
    stop.abort();
    await running;
  });

  it('runtime/h returns the same types from lists and watches', async () => {
    const { informer } = await follow('typed');
    await informer.synced;
    await write('typed', 'watched');
    await eventually('It is seen', () => informer.get('watched', 'typed'));
    const other = new Informer<ConfigMap>({
      client,
      type: coreKinds.configMaps,
      namespace: 'typed',
    });
    const stop = new AbortController();
    stops.push(stop);
    other.start(stop.signal);
    await other.synced;
    const listed = other.get('watched', 'typed');
    expect(listed).toEqual(informer.get('watched', 'typed'));
    expect(typeof listed?.metadata.creationTimestamp).toBe('string');
    expect(listed).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
  });

  it('runtime/i survives listeners that throw, and reports unreadable frames', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { informer, errors, changes } = await follow('throwing');
    informer.onChange(() => {
      throw new Error('the listener fails');
    });
    const later: string[] = [];
    informer.onChange(({ object }) => later.push(object.metadata.name));
    await informer.synced;
    await write('throwing', 'first');
    await eventually('It is seen', () => changes.includes('added first'));
    expect(later).toEqual(['first']);
    proxy.add({
      verb: 'watch',
      namespace: 'throwing',
      when: one => !isStreamedList(one),
      first: 1,
      fault: truncateFrame(1),
    });
    proxy.endWatches({ namespace: 'throwing' });
    await write('throwing', 'second');
    await eventually('It is seen', () => changes.includes('added second'));
    const said = errors.map(({ name }) => name);
    expect(said).toContain('WatchFrameError');
    expect(errors.map(({ message }) => message)).toContain(
      'the listener fails',
    );
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('runtime/j distinguishes a recreated object from a changed one', async () => {
    const { informer, changes } = await follow('anew');
    await informer.synced;
    await write('anew', 'object');
    await eventually('It is seen', () => changes.length);
    proxy.add({
      verb: 'watch',
      namespace: 'anew',
      first: 1,
      fault: {
        type: 'answer',
        status: 410,
        body: { kind: 'Status', code: 410, reason: 'Expired' },
      },
    });
    const first = informer.get('object', 'anew')?.metadata.uid;
    proxy.cutWatches({ namespace: 'anew' });
    await configMaps().delete('object', { namespace: 'anew' });
    await write('anew', 'object');
    await eventually('It is another one', () => {
      const uid = informer.get('object', 'anew')?.metadata.uid;
      return uid !== undefined && uid !== first;
    });
    expect(changes).toEqual(['added object', 'deleted object', 'added object']);
  });
});
