import { setTimeout as pause } from 'node:timers/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { coreKinds, type ConfigMap } from '../objects';
import {
  configMap,
  frames,
  json,
  list,
  ScriptedServer,
  silence,
  type Answer,
} from '../__testUtils__/ScriptedServer';
import { Informer, type InformerOptions } from './Informer';

const gone = {
  kind: 'Status',
  code: 410,
  reason: 'Expired',
  message: 'too old resource version',
};

describe('Informer', () => {
  const stop: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of stop.splice(0)) await end();
  });

  async function follow(
    script: { lists: Answer[]; watches: Answer[]; streams?: Answer[] },
    options: Partial<InformerOptions<ConfigMap>> = {},
  ) {
    const server = new ScriptedServer(script);
    const abort = new AbortController();
    const changes: string[] = [];
    const errors: string[] = [];
    const informer = new Informer({
      client: await server.start(),
      type: coreKinds.configMaps,
      onError: error => errors.push((error as Error).message),
      ...options,
    });
    stop.push(
      () => abort.abort(),
      () => server.close(),
    );
    informer.onChange(({ type, object }) =>
      changes.push(
        `${type} ${object.metadata.name}@${object.metadata.resourceVersion}`,
      ),
    );
    informer.start(abort.signal);
    await informer.synced;
    return { server, informer, changes, errors };
  }

  it('lists page by page, then watches with bookmarks from the last version', async () => {
    const page = {
      metadata: { resourceVersion: '5', continue: 'more' },
      items: [configMap('a', 1)],
    };
    const { server, informer, changes } = await follow({
      lists: [json(200, page), list(5, configMap('b', 2))],
      watches: [frames([{ type: 'MODIFIED', object: configMap('a', 6) }])],
    });
    await until(() => changes.length === 3);
    expect(changes).toEqual(['added a@1', 'added b@2', 'updated a@6']);
    expect(server.lists[1].get('continue')).toBe('more');
    expect(server.watches[0].get('resourceVersion')).toBe('5');
    expect(server.watches[0].get('allowWatchBookmarks')).toBe('true');
    expect(informer.get('a', 'default')?.data?.version).toBe('6');
  });

  it('resumes from the last bookmark without listing again when a watch ends', async () => {
    const bookmark = {
      type: 'BOOKMARK',
      object: { metadata: { resourceVersion: '42' } },
    };
    const { server } = await follow({
      lists: [list(5, configMap('a', 1))],
      watches: [frames([bookmark], { end: true }), silence],
    });
    await until(() => server.watches.length === 2);
    expect(server.watches[1].get('resourceVersion')).toBe('42');
    expect(server.lists).toHaveLength(1);
  });

  it('times out on a kind without read access', async () => {
    const forbidden = { kind: 'Status', code: 403, message: 'no' };
    const { informer } = await follow(
      { lists: [json(403, forbidden)], watches: [silence] },
      { syncTimeout: 50 },
    );
    expect(informer).toMatchObject({ isSettled: true, isSynced: false });
    expect(informer.isComplete).toBe(false);
  });

  it('backs off from a server that closes each watch at once', async () => {
    const { server } = await follow({
      lists: [list(5, configMap('a', 1))],
      watches: [frames([], { end: true })],
    });
    await until(() => server.watches.length >= 3);
    const before = server.watches.length;
    await delay(1500);
    // The pauses double, up to a second.
    expect(server.watches.length - before).toBeLessThanOrEqual(4);
  });

  it.each([
    ['as an answer', json(410, gone)],
    ['as a frame', frames([{ type: 'ERROR', object: gone }])],
  ])(
    'lists again after 410 %s, and reports the missed changes',
    async (_, expired) => {
      const { server, changes, errors } = await follow({
        lists: [
          list(5, configMap('a', 1), configMap('b', 2)),
          list(9, configMap('b', 8)),
        ],
        watches: [expired, silence],
      });
      await until(() => server.watches.length === 2);
      expect(changes).toEqual([
        'added a@1',
        'added b@2',
        'deleted a@1',
        'updated b@8',
      ]);
      expect(errors).toEqual([]);
    },
  );

  it('reports a deletion and an addition for a name with a new uid', async () => {
    const { changes } = await follow({
      lists: [list(5, configMap('a', 1, 'old'))],
      watches: [
        frames([{ type: 'MODIFIED', object: configMap('a', 6, 'new') }]),
      ],
    });
    await until(() => changes.length === 3);
    expect(changes).toEqual(['added a@1', 'deleted a@1', 'added a@6']);
  });

  it('ignores duplicate and late frames', async () => {
    const { changes } = await follow({
      lists: [list(5, configMap('a', 5))],
      watches: [
        frames([
          { type: 'MODIFIED', object: configMap('a', 10) },
          { type: 'MODIFIED', object: configMap('a', 9) },
          { type: 'MODIFIED', object: configMap('a', 10) },
          { type: 'ADDED', object: configMap('b', 11) },
        ]),
      ],
    });
    await until(() => changes.includes('added b@11'));
    expect(changes).toEqual(['added a@5', 'updated a@10', 'added b@11']);
  });

  it('lists again after an invalid frame, and reports it', async () => {
    const { server, errors } = await follow({
      lists: [list(5)],
      watches: [frames(['{"type":"ADDED","obj\n']), silence],
    });
    await until(() => server.lists.length === 2);
    expect(errors[0]).toContain('invalid frame');
  });

  it('opens a silent watch again from where it was', async () => {
    const { server, errors } = await follow(
      { lists: [list(5)], watches: [silence] },
      { idleTimeout: 50 },
    );
    await until(() => server.watches.length >= 3);
    expect(server.lists).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  it('recovers after refusals and broken connections', async () => {
    const { changes, errors } = await follow({
      lists: [list(5)],
      watches: [
        json(500, { message: 'etcd is away' }),
        response => response.destroy(),
        frames([{ type: 'ADDED', object: configMap('a', 6) }]),
      ],
    });
    await until(() => changes.length === 1);
    expect(errors[0]).toBe('etcd is away');
    expect(errors).toHaveLength(2);
  });

  it('knows whether its watch is open and when it last heard from the server', async () => {
    const start = Date.now();
    const { informer } = await follow({
      lists: [list(5)],
      watches: [
        frames([{ type: 'ADDED', object: configMap('a', 6) }], { end: true }),
        response => response.destroy(),
        silence,
      ],
    });
    const states: boolean[] = [];
    informer.onConnection(() => states.push(informer.isConnected));
    await until(() => states.length >= 2 && informer.isConnected);
    expect(states.slice(-2)).toEqual([false, true]);
    expect(informer.lastHeard).toBeGreaterThanOrEqual(start);
  });

  it('retries at once after a hint that the server is back', async () => {
    const busy = json(503, { message: 'away' }, { 'retry-after': '600' });
    const { informer, server, errors } = await follow({
      lists: [list(5)],
      watches: [busy, silence],
    });
    await until(() => errors.length === 1);
    expect(informer.isConnected).toBe(false);
    await pause(20);
    informer.retryNow({ patiently: true });
    await pause(20);
    expect(informer.isConnected).toBe(false);
    informer.retryNow();
    await until(() => informer.isConnected);
    expect(server.watches).toHaveLength(2);
  });

  describe('of a server that streams lists', () => {
    const added = (name: string, version: number) => ({
      type: 'ADDED',
      object: configMap(name, version),
    });
    const complete = (version: number) => ({
      type: 'BOOKMARK',
      object: {
        metadata: {
          resourceVersion: `${version}`,
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });

    it('lists and watches in one request', async () => {
      const { server, changes } = await follow({
        lists: [],
        watches: [],
        streams: [
          frames([added('a', 1), added('b', 2), complete(5), added('c', 6)]),
        ],
      });
      await until(() => changes.length === 3);
      expect(changes).toEqual(['added a@1', 'added b@2', 'added c@6']);
      expect(server.streams[0].get('resourceVersionMatch')).toBe(
        'NotOlderThan',
      );
      expect(server.lists).toHaveLength(0);
    });

    it('applies changes before the list is complete', async () => {
      const { changes } = await follow({
        lists: [],
        watches: [],
        streams: [
          frames([
            added('a', 1),
            added('b', 2),
            { type: 'MODIFIED', object: configMap('a', 3) },
            { type: 'DELETED', object: configMap('b', 4) },
            complete(5),
          ]),
        ],
      });
      expect(changes).toEqual(['added a@3']);
    });

    it('reports nothing of an interrupted list, and starts again', async () => {
      const { server, changes } = await follow({
        lists: [],
        watches: [],
        streams: [
          frames([added('a', 1)], { end: true }),
          frames([added('b', 2), complete(5)]),
        ],
      });
      expect(changes).toEqual(['added b@2']);
      expect(server.streams).toHaveLength(2);
    });

    it('resumes where the list ended', async () => {
      const { server } = await follow({
        lists: [],
        watches: [silence],
        streams: [frames([complete(5)], { end: true })],
      });
      await until(() => server.watches.length === 1);
      expect(server.watches[0].get('resourceVersion')).toBe('5');
    });

    it('lists again if the server is behind the copy', async () => {
      const future = json(504, {
        reason: 'Timeout',
        message: 'Too large resource version',
        details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
      });
      const { changes, informer } = await follow({
        lists: [],
        watches: [future],
        streams: [
          frames([added('a', 9), complete(9)], { end: true }),
          frames([added('b', 2), complete(3)]),
        ],
      });
      await until(() => changes.length === 3);
      expect(changes).toEqual(['added a@9', 'deleted a@9', 'added b@2']);
      expect(informer.list()).toHaveLength(1);
    });
  });

  it('respects the Retry-After of a busy server', async () => {
    const busy = json(
      429,
      { message: 'too many requests' },
      { 'retry-after': '1' },
    );
    const start = Date.now();
    await follow({ lists: [busy, list(5)], watches: [silence] });
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
  });

  it('survives a listener that throws', async () => {
    const { informer, errors, changes } = await follow({
      lists: [list(5)],
      watches: [
        frames([
          { type: 'ADDED', object: configMap('a', 6) },
          { type: 'ADDED', object: configMap('b', 7) },
        ]),
      ],
    });
    informer.onChange(() => {
      throw new Error('listener');
    });
    await until(() => changes.length === 2);
    expect(errors.every(message => message === 'listener')).toBe(true);
  });

  it('drops managedFields and finds objects by index', async () => {
    const object = configMap('a', 1);
    const stored = {
      ...object,
      metadata: { ...object.metadata, managedFields: [{}] },
    };
    const { informer } = await follow(
      { lists: [list(5, stored)], watches: [silence] },
      { indexes: { version: ({ data }) => [data?.version ?? ''] } },
    );
    expect(informer.index('version', '1')[0].metadata).not.toHaveProperty(
      'managedFields',
    );
    expect(informer.index('version', '2')).toEqual([]);
  });
});

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not happen');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
