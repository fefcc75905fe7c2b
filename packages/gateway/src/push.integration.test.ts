import { get, type IncomingMessage } from 'node:http';
import { eventually } from '@bailiwick/backstage-testing';
import { tokenHash } from './login/tokenHash';
import { aGrant, token } from './__testUtils__/objects';
import { PushClients, type Got } from './__testUtils__/PushClients';
import { PushService } from './__testUtils__/PushService';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const otherToken = 'bwk_fedcba9876543210';
const bearer = { authorization: `Bearer ${token}` };

/** Rows of all messages. */
const rowsOf = (got: Got[]) =>
  got.filter(({ event }) => event === 'message').flatMap(({ data }) => data);
/** Values of a cell. */
const valuesOf = (got: Got[], cell = 'c0'): number[] =>
  rowsOf(got)
    .filter(row => row.cell === cell)
    .map(({ value }) => value);
const isConsecutive = (values: number[]) =>
  values.every((value, at) => at === 0 || value === values[at - 1] + 1);

integration('push', () => {
  let service: PushService;
  let before: number;
  const clients = new PushClients();
  const url = (path: string) => service.root + path;
  const opened = async () => (await service.opened()) - before;

  beforeAll(async () => {
    service = await PushService.start({ linger: 0 });
  }, 120_000);
  afterAll(() => service?.stop(), 30_000);
  beforeEach(async () => {
    before = await service.opened();
  });
  afterEach(() => {
    clients.close();
    service.grants = [aGrant()];
    service.quota = undefined;
  });

  it('serves many readers of both protocols from one call, each with every row', async () => {
    const path = url('cells?count=4');
    const sources = Array.from({ length: 20 }, () => clients.source(path));
    const sockets = await Promise.all(
      Array.from({ length: 10 }, () => clients.socket(path)),
    );
    const all = [...sources, ...sockets];
    await eventually('All have ten values', () =>
      all.every(({ got }) => valuesOf(got).length >= 10),
    );
    for (const { got } of all) {
      expect(isConsecutive(valuesOf(got))).toBe(true);
      expect(new Set(rowsOf(got).map(({ call }) => call)).size).toBe(1);
    }
    expect(await opened()).toBe(1);
  });

  it('begins with the last value of each cell, and separates other parameters', async () => {
    const first = clients.source(url('cells?count=5&every=30'));
    await eventually('The cells have values', () => first.got.length > 0);
    const late = await clients.socket(url('cells?every=30&count=5'));
    await eventually('The last values are here', () => late.got.length > 0);
    expect(rowsOf(late.got)).toEqual(rowsOf(first.got));
    expect(rowsOf(late.got).length).toBe(5);
    const other = clients.source(url('cells?count=6&every=30'));
    await eventually('Others have values', () => other.got.length > 0);
    expect(await opened()).toBe(2);
  });

  it('loses no event when a reader reconnects', async () => {
    const watcher = clients.source(url('events'));
    const reader = clients.source(url('events'), { cutAfter: 5 });
    await eventually(
      'The reader has reconnected',
      () => reader.connections() > 1,
    );
    const { length } = reader.got;
    await eventually('It reads on', () => reader.got.length > length + 20);
    for (const { got } of [watcher, reader]) {
      const numbers = rowsOf(got).map(({ number }) => number);
      expect(isConsecutive(numbers)).toBe(true);
    }
    expect(await opened()).toBe(1);
  });

  it('continues a WebSocket after the last message that a reader has', async () => {
    const keeper = clients.source(url('events'));
    const first = await clients.socket(url('events'));
    await eventually('It has messages', () => first.got.length > 5);
    first.socket.terminate();
    const last = first.got.at(-1)!;
    const second = await clients.socket(url(`events?$after=${last.id}`));
    await eventually('It has messages', () => second.got.length > 5);
    expect(second.got[0].data.number).toBe(last.data.number + 1);
    expect(keeper.got.length).toBeGreaterThan(0);
  });

  it('says that rows may be missing after the gateway was killed', async () => {
    const events = clients.source(url('events'));
    const cells = clients.source(url('cells'));
    await eventually('Both have rows', () =>
      [events, cells].every(({ got }) => got.length > 3),
    );
    const calls = await opened();
    await service.killGateway();
    await service.startGateway({ linger: 0 });
    const counts = [events, cells].map(({ got }) => got.length);
    await eventually('Both read on', () =>
      [events, cells].every(({ got }, at) => got.length > counts[at] + 3),
    );
    expect(events.got.find(({ event }) => event === 'gap')?.data).toEqual({
      reason: 'restarted',
    });
    expect(cells.got.some(({ event }) => event === 'gap')).toBe(false);
    expect(await opened()).toBe(calls + 2);
  });

  it('gives a slow reader the newest values, in order, and keeps no other waiting', async () => {
    const path = 'cells?count=100&every=0.1&note=2000';
    const response = await new Promise<IncomingMessage>(resolve => {
      const headers = { ...bearer, accept: 'text/event-stream' };
      get(url(path), { headers }, resolve);
    });
    response.pause();
    const fast = await clients.socket(url(path));
    // 200 kB each: far more than all buffers on the way.
    await eventually('Others have many values', () => fast.got.length >= 400);
    const newest = valuesOf(fast.got).at(-1)!;
    let text = '';
    response.setEncoding('utf8').on('data', part => {
      text += part;
    });
    response.resume();
    const last = () =>
      Number(/"value":(\d+)/.exec(text.slice(text.lastIndexOf('"c7"')))?.[1]);
    await eventually('The slow reader has caught up', () => last() > newest);
    response.destroy();
    const values = [...text.matchAll(/"c7","value":(\d+)/g)].map(one =>
      Number(one[1]),
    );
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.length).toBeLessThan(values.at(-1)! - values[0] + 1);
    expect(await opened()).toBe(1);
  });

  it('limits the rate of a cell for readers that ask for it', async () => {
    const { got } = await clients.socket(url('cells?every=0.01&$interval=300'));
    await eventually('It has some values', () => got.length >= 4);
    const values = valuesOf(got).slice(1);
    expect(
      values.every((value, at) => at === 0 || value > values[at - 1] + 3),
    ).toBe(true);
    const events = await clients.socket(url('events?$interval=300'));
    await eventually('It has some events', () => events.got.length >= 4);
    const numbers = rowsOf(events.got).slice(1);
    expect(
      numbers.every(
        ({ number }, at) => at === 0 || number > numbers[at - 1].number + 3,
      ),
    ).toBe(true);
    const wrong = await fetch(url('cells?$interval=fast'), {
      headers: { ...bearer, accept: 'text/event-stream' },
    });
    expect(wrong.status).toBe(400);
  });

  it('disconnects the readers of a revoked token, and no others of the call', async () => {
    const other = aGrant({ tokenHash: tokenHash(otherToken) });
    other.metadata = { ...other.metadata, name: 'other', uid: 'u2' };
    service.grants = [aGrant(), other];
    const revoked = await clients.socket(url('cells'));
    const source = clients.source(url('cells'));
    const kept = await clients.socket(url('cells'), { secret: otherToken });
    await eventually('All have rows', () =>
      [revoked, source, kept].every(({ got }) => got.length > 0),
    );
    service.grants = [other];
    expect(await revoked.closed).toBe(1008);
    expect(revoked.got.at(-1)).toMatchObject({
      event: 'error',
      data: { type: 'not-logged-in' },
    });
    await eventually('The source is closed', () =>
      source.got.some(({ event }) => event === 'error'),
    );
    const { length } = kept.got;
    await eventually('The other reads on', () => kept.got.length > length + 3);
    expect(isConsecutive(valuesOf(kept.got))).toBe(true);
    expect(await opened()).toBe(1);
  });

  it('ends with the error of a function that breaks its contract, and never sends the row', async () => {
    const source = clients.source(url('broken'));
    const { closed, got } = await clients.socket(url('broken'));
    expect(await closed).toBe(1011);
    expect(got.at(-1)).toMatchObject({
      event: 'error',
      data: { type: 'contract-broken' },
    });
    expect(rowsOf(got).map(({ value }) => value)).toEqual([1, 1]);
    await eventually('The source has the error', () =>
      source.got.some(
        ({ data, event }) =>
          event === 'error' && data.type === 'contract-broken',
      ),
    );
  });

  it('ends when the code was replaced, and readers continue with the new code', async () => {
    const source = clients.source(url('cells'));
    const socket = await clients.socket(url('cells'));
    await eventually('Both have rows', () =>
      [source, socket].every(({ got }) => got.length > 0),
    );
    const { revision } = service.environment;
    service.environment.revision = 'abcdef0';
    try {
      expect(await socket.closed).toBe(1012);
      expect(socket.got.at(-1)).toMatchObject({
        event: 'end',
        data: { reason: 'release-changed' },
      });
      const calls = () => new Set(rowsOf(source.got).map(({ call }) => call));
      await eventually(
        'The source reads the new code',
        () => calls().size === 2,
      );
      expect(await opened()).toBe(2);
    } finally {
      service.environment.revision = revision;
    }
  });

  it('refuses WebSockets like calls, and those of other pages', async () => {
    const status = async (path: string, headers: Record<string, string>) =>
      (await clients.refusal(url(path), headers)).status;
    expect(await status('cells', {})).toBe(401);
    expect(await status('cells?colour=red', bearer)).toBe(400);
    expect(await status('opened', bearer)).toBe(406);
    expect(await status('none', bearer)).toBe(404);
    const origin = 'https://elsewhere.example';
    expect(await status('cells', { ...bearer, origin })).toBe(403);
    service.quota = 0;
    expect(await status('cells', bearer)).toBe(429);
    service.quota = undefined;
    const own = new URL(service.root).origin;
    const { got } = await clients.socket(url('cells'), {
      headers: { origin: own },
    });
    await eventually('It has rows', () => got.length > 0);
    // Other addresses answer as usual.
    const other = new URL('/healthz', service.root).href;
    expect((await clients.refusal(other, {})).status).toBe(200);
  });

  it('serves a hundred of a thousand streams of one token, and refuses the others', async () => {
    const gone = new AbortController();
    const headers = { ...bearer, accept: 'text/event-stream' };
    const responses = await Promise.all(
      Array.from({ length: 1_000 }, async (_, number) => {
        const path = url(`events?every=${(number % 3) + 1}`);
        return fetch(path, { headers, signal: gone.signal });
      }),
    );
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused.length).toBe(900);
    expect(responses.filter(({ status }) => status === 200).length).toBe(100);
    expect(refused.every(one => one.headers.get('retry-after') === '10')).toBe(
      true,
    );
    expect(await opened()).toBe(3);
    gone.abort();
    await eventually('There is room again', async () => {
      const again = await fetch(url('events'), { headers });
      await again.body!.cancel();
      return again.status === 200;
    });
  });

  it('refuses the streams of a token beyond its limit, and records all', async () => {
    service.reads.length = 0;
    await service.killGateway();
    await service.startGateway({ perGrant: 3, linger: 0 });
    const open = await Promise.all(
      Array.from({ length: 3 }, () => clients.socket(url('cells'))),
    );
    expect(await clients.refusal(url('cells'), bearer)).toEqual({
      status: 429,
      retryAfter: '10',
    });
    const response = await fetch(url('events'), {
      headers: { ...bearer, accept: 'text/event-stream' },
    });
    expect(response.status).toBe(429);
    expect(((await response.json()) as any).error).toMatchObject({
      type: 'too-many-streams',
      limit: 3,
    });
    open[0].socket.close();
    expect(await open[0].closed).toBe(1005);
    await eventually('There is room again', async () => {
      const again = await clients.socket(url('cells')).catch(() => undefined);
      return again !== undefined;
    });
    const reads = () => service.reads.filter(({ fn }) => fn === 'cells');
    await eventually('The read is recorded', () => reads().length >= 2);
    expect(reads().find(({ status }) => status === 101)).toMatchObject({
      format: 'websocket',
      rows: expect.any(Number),
    });
  });
});
