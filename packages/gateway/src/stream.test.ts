import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type {
  App,
  ContractFunction,
  Grant,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { createGateway } from './createGateway';
import { CallRecorder } from './history';
import { GatewayMetrics } from './observe';
import type { PushLimits } from './push';
import { SnapshotStore } from './snapshots';
import { DirectUpstream } from './upstream';
import {
  aGrant,
  anApp,
  aTenant,
  basic,
  ticks,
  token,
} from './__testUtils__/objects';
import { EventText } from './__testUtils__/EventText';
import { json, startApp, type StartedApp } from './__testUtils__/startApp';

const one = 'data: {"symbol":"AAPL"}\n\n';
const two = 'data: {"symbol":"IBM"}\n\n';
const complete = 'event: end\ndata: {"reason":"complete"}\n\n';
/** A stream of events: it has no key. */
const events: ContractFunction = {
  ...ticks,
  name: 'events',
  result: { ...ticks.result, key: undefined },
};

/** Returns a text with the same name for every run in the IDs of events. */
const withoutRuns = (text: string) =>
  text.replace(/^id: [0-9a-f]{10}-/gm, 'id: run-');

/** State of the gateway, which tests change during a stream. */
interface World {
  app: App;
  grant?: Grant;
  tenant: Tenant;
}

describe('gateway with a stream', () => {
  let world: World;
  let app: StartedApp;
  let gateway: FastifyInstance;
  let metrics: GatewayMetrics;
  let upstream: DirectUpstream;
  let address: string;
  let responses: ServerResponse[];
  let rows: number[];
  let calls: number;
  let history: CallRecorder;
  const texts: EventText[] = [];

  async function serve(
    respond: RequestListener = begin,
    streams: Partial<PushLimits> = { linger: 100 },
  ): Promise<void> {
    app = await startApp(respond);
    upstream = new DirectUpstream({
      timeout: 2_000,
      services: { serviceAddress: () => app },
    });
    metrics = new GatewayMetrics();
    gateway = createGateway({
      directory: {
        findAddress: () => undefined,
        findApp: () => world.app,
        callsPerMinute: () => undefined,
        findTenant: () => world.tenant,
        grantsByHash: hash =>
          world.grant?.spec.tokenHash === hash ? [world.grant] : [],
        grantsOf: () => [],
      },
      upstream,
      history,
      reads: { record() {} },
      snapshots: new SnapshotStore({
        log: { info() {}, warn() {}, error() {} },
      }),
      usage: {
        callsOn: () => 0,
        record: () => {
          calls += 1;
        },
        recordFailure() {},
        recordRead() {},
        recordInUse() {},
        requestPod() {},
        recordCanary() {},
        recordRows: (_, count) => rows.push(count),
      },
      metrics,
      streams,
      missing: () => [],
    });
    address = await gateway.listen({ port: 0, host: '127.0.0.1' });
  }

  /** Begins a stream with one event, as the runtime does. */
  function begin(_: unknown, response: ServerResponse): void {
    responses.push(response);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`retry: 2000\n\n${one}`);
  }

  async function read(query = '', headers = {}, fn = 'ticks') {
    const accept = 'text/event-stream';
    const answer = await fetch(`${address}/v1/desk/prod/feed/${fn}${query}`, {
      headers: { accept, authorization: basic(token), ...headers },
    });
    const text = new EventText(answer);
    texts.push(text);
    return text;
  }

  beforeEach(() => {
    const served = anApp();
    served.status!.environments![0].contract!.functions.push(ticks, events);
    const grant = aGrant({ membership: 'user:default/tom' });
    world = { app: served, grant, tenant: aTenant() };
    [responses, rows, calls] = [[], [], 0];
    history = new CallRecorder();
  });

  afterEach(async () => {
    await Promise.all(texts.splice(0).map(text => text.leave()));
    await app.stop();
    await gateway.close();
    await upstream.close();
  });

  it('passes each event on at once, and counts one call with its rows', async () => {
    await serve();
    const text = await read('?symbol=AAPL&speed=2');
    expect(text.answer.status).toBe(200);
    expect(text.answer.headers.get('content-type')).toBe(
      'text/event-stream; charset=utf-8',
    );
    expect(text.answer.headers.get('cache-control')).toBe('no-store');
    expect(text.answer.headers.get('x-accel-buffering')).toBe('no');
    await text.until(one);
    responses[0].write(': heartbeat\n\n');
    await text.until(': heartbeat\n\n');
    responses[0].end(two + complete);
    expect(withoutRuns(await text.rest())).toBe(
      `retry: 2000\n\nid: run-1\n${one}: heartbeat\n\nid: run-2\n${two}` +
        'event: end\ndata: {"reason":"complete","rows":2}\n\n',
    );
    expect(app.calls).toEqual([
      expect.objectContaining({
        url: '/stream/ticks',
        body: { symbol: 'AAPL', speed: 2 },
      }),
    ]);
    expect([calls, rows]).toEqual([1, [2]]);
    const [{ series }] = history.read().resolutions;
    expect(series.flatMap(({ slots }) => slots.at(-1)?.at(-1))).toEqual([2]);
  });

  it('tells a reader with all rows not to reconnect, and starts again for others', async () => {
    await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(one + two + complete);
    });
    const text = await (await read()).rest();
    const [first, last] = [...text.matchAll(/^id: (.*)$/gm)].map(id => id[1]);
    const again = await gateway.inject({
      url: '/v1/desk/prod/feed/ticks',
      headers: {
        accept: 'text/event-stream',
        authorization: basic(token),
        'last-event-id': last,
      },
    });
    expect([again.statusCode, again.body]).toEqual([204, '']);
    expect(app.calls.length).toBe(1);
    const rest = await (await read('', { 'last-event-id': first })).rest();
    expect(rest).not.toContain(one);
    expect(rest).toContain(two);
    expect(app.calls.length).toBe(1);
    await (await read()).rest();
    expect(app.calls.length).toBe(2);
    expect(rows).toEqual([2, 1, 2]);
  });

  it.each([
    ['application/json', '{"rows":[{"symbol":"IBM"}],"count":1}'],
    ['text/csv', 'symbol,note,price\r\nIBM,,\r\n'],
    ['*/*', '{"rows":[{"symbol":"IBM"}],"count":1}'],
  ])('answers the first rows as %s', async (accept, body) => {
    await serve(json({ rows: [{ symbol: 'IBM' }], count: 1 }));
    const text = await read('?symbol=IBM', { accept });
    expect(await text.rest()).toBe(body);
    expect(app.calls[0]).toMatchObject({
      url: '/call/ticks',
      body: { symbol: 'IBM' },
    });
  });

  it('has no stream of other functions', async () => {
    await serve();
    const answer = await gateway.inject({
      url: '/v1/desk/prod/feed/prices',
      headers: { authorization: basic(token), accept: 'text/event-stream' },
    });
    expect(answer.statusCode).toBe(406);
    expect(answer.json().error.offers).toEqual([
      'application/json',
      'application/x-ndjson',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'text/csv',
      'application/vnd.apache.arrow.stream',
      'application/vnd.apache.parquet',
    ]);
  });

  it('rejects invalid requests like a call does', async () => {
    const error = { type: 'invalid-parameter', message: 'No such share' };
    await serve(json({ error }, 422));
    expect((await read('', { authorization: '' })).answer.status).toBe(401);
    expect((await read('?colour=red')).answer.status).toBe(400);
    const refused = await read('?symbol=XYZ');
    expect(refused.answer.status).toBe(400);
    expect(JSON.parse(await refused.rest()).error).toMatchObject(error);
    expect(calls).toBe(0);
  });

  it.each<[string, string, (now: World) => Partial<World>]>([
    ['the token is revoked', 'not-logged-in', () => ({ grant: undefined })],
    [
      'the token expires',
      'not-logged-in',
      () => ({ grant: aGrant({ expiresAt: new Date().toISOString() }) }),
    ],
    [
      'the membership ends',
      'not-allowed',
      () => ({ tenant: aTenant({ members: [] }) }),
    ],
    [
      'the token no longer opens the function',
      'not-allowed',
      () => ({ grant: aGrant({ functions: ['prices'] }) }),
    ],
    [
      'the token fixes another parameter',
      'not-allowed',
      () => ({ grant: aGrant({ presets: { symbol: 'IBM' } }) }),
    ],
    [
      'the app is delivered no more',
      'not-allowed',
      () => ({ app: anApp({ delivery: { rest: false, csv: false } }) }),
    ],
  ])(
    'cuts a silent stream within 5 seconds when %s',
    async (_, type, change) => {
      await serve();
      const text = await read();
      await text.until(one);
      const closed = once(responses[0], 'close');
      Object.assign(world, change(world));
      const started = Date.now();
      const rest = await text.rest();
      expect(Date.now() - started).toBeLessThan(5_000);
      expect(rest).toContain(`\n\nevent: error\ndata: {"type":"${type}"`);
      await closed;
      expect(rows).toEqual([1]);
    },
  );

  it('continues while the app is about to be replaced', async () => {
    await serve();
    const text = await read();
    await text.until(one);
    const replaced = anApp();
    delete replaced.status!.environments![0].contract;
    world.app = replaced;
    await sleep(2_500);
    responses[0].end(two);
    expect(await text.rest()).toContain(two);
  });

  it('keeps the call for readers that reconnect, and ends it when none comes', async () => {
    await serve(begin, { linger: 500 });
    const text = await read();
    await text.until(one);
    await text.leave();
    const again = await read();
    await again.until(one);
    expect(app.calls.length).toBe(1);
    const closed = once(responses[0], 'close');
    await again.leave();
    await closed;
    while (rows.length < 2) await sleep(10);
    expect(rows).toEqual([1, 1]);
  });

  it('reads from an app no faster than the reader of events', async () => {
    const part = `data: {"symbol":"${'x'.repeat(100_000)}"}\n\n`;
    let written = 0;
    async function* parts() {
      for (; written < 200_000_000; written += part.length) yield part;
    }
    await serve((_, response) => {
      responses.push(response);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      Readable.from(parts(), { objectMode: false }).pipe(response);
    });
    const text = await read('', {}, 'events');
    await sleep(1_500);
    expect(written).toBeLessThan(50_000_000);

    // nor may a reader who does not read keep a revoked stream open
    world.grant = undefined;
    await eventually('The reader has disconnected', () => rows.length === 1);
    const rest = await text.rest().catch(() => 'broken off');
    expect(rest.slice(-1_000)).toMatch(/^broken off$|\nevent: error\n/);
  });

  it('shows streams and calls as metrics', async () => {
    await serve();
    const both = [await read(), await read()];
    for (const text of both) await text.until(one);
    const body = await metrics.registry.metrics();
    expect(body).toContain('bailiwick_gateway_streams 2\n');
    expect(body).toContain('bailiwick_gateway_stream_calls 1\n');
  });

  it('reports an app that closes the stream', async () => {
    await serve();
    const text = await read();
    await text.until(one);
    responses[0].destroy();
    expect(await text.rest()).toContain(
      'event: error\ndata: {"type":"app-unreachable"',
    );
  });

  it('ends streams when it stops', async () => {
    await serve();
    const text = await read();
    await text.until(one);
    const stopped = gateway.close();
    expect(await text.rest()).toContain(
      'event: end\ndata: {"reason":"stopping","rows":1}',
    );
    await stopped;
  });

  it('describes the stream as OpenAPI', async () => {
    await serve();
    const answer = await gateway.inject({
      url: '/v1/desk/prod/feed/openapi.json',
      headers: { authorization: basic(token) },
    });
    const { get } = answer.json().paths['/ticks'];
    expect(Object.keys(get.responses[200].content)).toEqual([
      'application/json',
      'application/x-ndjson',
      'text/csv',
      'text/event-stream',
    ]);
  });

  it('leaves streams out of the time of answers', async () => {
    await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(one);
    });
    await (await read()).rest();
    const body = await metrics.registry.metrics();
    const route = 'route="/v1/:tenant/:environment/:app/:fn"';
    expect(body).toContain(`requests_total{${route},status="200"} 1`);
    expect(body).not.toContain(`request_duration_seconds_count{${route}}`);
  });
});
