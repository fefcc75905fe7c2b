import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { aGrant, anApp, basic, token } from './__testUtils__/objects';
import { json, startApp } from './__testUtils__/startApp';
import { rows, TestGateway } from './__testUtils__/TestGateway';

describe('gateway', () => {
  const gateway = new TestGateway();
  const { used } = gateway;
  const serve: TestGateway['serve'] = options => gateway.serve(options);
  const get: TestGateway['get'] = (...args) => gateway.get(...args);

  afterEach(() => gateway.stop());

  it('passes the rows on as JSON', async () => {
    await serve();
    const answer = await get('prices?symbols=AAPL&symbols=IBM&limit=2');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe(
      'application/json; charset=utf-8',
    );
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({ rows, count: 2 });
    expect(gateway.app!.calls).toEqual([
      expect.objectContaining({
        url: '/call/prices',
        body: { symbols: ['AAPL', 'IBM'], limit: 2 },
      }),
    ]);
    expect(used).toHaveLength(1);
  });

  it('rejects calls above the pack’s limit, with the time of the next one', async () => {
    await serve({ quota: 2 });
    const answers = [];
    for (let call = 0; call < 3; call += 1) answers.push(await get('prices'));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([
      200, 200, 429,
    ]);
    const { error } = answers[2].json();
    expect(error).toMatchObject({ type: 'too-many-calls', limit: 2 });
    expect(error.message).toMatch(
      /^feed has a rate limit of 2 calls\/min in prod; retry in \d+ s/,
    );
    expect(Number(answers[2].headers['retry-after'])).toBeGreaterThan(0);
    expect(gateway.app!.calls).toHaveLength(2);
  });

  it('writes CSV with the columns of the contract', async () => {
    await serve();
    const answer = await get('prices', { accept: 'text/csv' });
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    expect(answer.body).toBe(
      'symbol,note,price\r\nAAPL,"a ""quoted"", note",1.5\r\nIBM,,2\r\n',
    );
  });

  it('guards formulas for browsers, and for programs on request', async () => {
    const formula = '=HYPERLINK("https://elsewhere.example")';
    await serve({
      respond: json({ rows: [{ symbol: formula, price: -1 }], count: 1 }),
    });
    const line = (text: string) => `"${text.replaceAll('"', '""')}",,-1\r\n`;
    const read = async (headers: Record<string, string>) => {
      const answer = await get('prices', { accept: 'text/csv', ...headers });
      expect(answer.headers.vary).toContain('user-agent');
      const [, row] = answer.body.split(/(?<=\r\n)/);
      return [row, answer.headers['preference-applied']];
    };
    const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    expect(await read({})).toEqual([line(formula), undefined]);
    expect(await read(browser)).toEqual([line(`'${formula}`), undefined]);
    expect(await read({ prefer: 'formula-guard=on' })).toEqual([
      line(`'${formula}`),
      'formula-guard=on',
    ]);
    expect(await read({ ...browser, prefer: 'formula-guard=off' })).toEqual([
      line(formula),
      'formula-guard=off',
    ]);
    const asJson = await get('prices', { prefer: 'formula-guard=on' });
    expect(asJson.headers).not.toHaveProperty('preference-applied');
  });

  it('sends nosniff with every response', async () => {
    const server = await serve();
    const answers = await Promise.all([
      get('prices'),
      get('prices', { authorization: '' }),
      ...['/healthz', '/nowhere', '/v1/%'].map(path => server.inject(path)),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([
      200, 401, 200, 404, 400,
    ]);
    for (const { headers } of answers)
      expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('keeps its metrics from readers', async () => {
    const server = await serve();
    expect((await server.inject('/metrics')).statusCode).toBe(404);
  });

  it.each([
    ['application/json', '{"rows":[{"price":9007199254740993}],"count":1}'],
    ['text/csv', 'symbol,note,price\r\n,,9007199254740993\r\n'],
  ])('keeps integers beyond 2^53 exact in %s', async (accept, text) => {
    await serve({
      respond: (_, response) => {
        response.setHeader('content-type', 'application/json');
        response.end('{"rows":[{"price":9007199254740993}],"count":1}');
      },
    });
    expect((await get('prices', { accept })).body).toBe(text);
  });

  it('passes integers beyond 2^53 to the app unchanged', async () => {
    await serve();
    await get('prices?limit=-9223372036854775808');
    expect(gateway.app!.calls[0].text).toBe('{"limit":-9223372036854775808}');
  });

  it('breaks the connection when a table breaks off after its first rows', async () => {
    await serve({
      respond: (_, response) => {
        response.write(`{"rows":[${JSON.stringify(rows[0])},`);
        setTimeout(() => response.destroy(), 50);
      },
    });
    await expect(get('prices', { accept: 'text/csv' })).rejects.toThrow();
  });

  it('has no CSV for single values and where the app does not deliver it', async () => {
    await serve({ served: anApp({ delivery: { rest: true, csv: false } }) });
    for (const path of ['mean', 'prices']) {
      const answer = await get(path, { accept: 'text/csv' });
      expect(answer.statusCode).toBe(406);
      expect(answer.json().error.offers).not.toContain('text/csv');
    }
  });

  it('requires a token', async () => {
    await serve();
    for (const authorization of ['', basic('wrong'), 'Bearer wrong']) {
      const answer = await get('prices', { authorization });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe(
        'Basic realm="bailiwick", charset="UTF-8"',
      );
      expect(answer.json().error.type).toBe('not-logged-in');
    }
    expect(gateway.app!.calls).toEqual([]);
  });

  it('rejects a token of two grants, and logs their names', async () => {
    const warn = jest.fn();
    const logger = { warn, info() {}, error() {}, debug() {}, trace() {} };
    Object.assign(logger, { fatal() {}, child: () => logger });
    await serve({
      grants: [aGrant(), aGrant()],
      logger: logger as unknown as FastifyBaseLogger,
    });
    const answer = await get('prices');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Basic/);
    expect(gateway.app!.calls).toEqual([]);
    expect(warn).toHaveBeenCalledTimes(1);
    const [logged] = warn.mock.calls;
    expect(JSON.stringify(logged)).toContain('desk--home/tom-excel');
    expect(JSON.stringify(logged)).not.toContain(token);
  });

  it('reports the scope of a token that is used for another app', async () => {
    await serve({ grant: aGrant({ functions: ['mean'] }) });
    const answer = await get('prices');
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.message).toBe(
      'This token is for mean, not for prices; create a token for this function',
    );
  });

  it('adds presets, which the reader cannot change', async () => {
    await serve({ grant: aGrant({ presets: { symbols: ['AAPL'] } }) });
    await get('prices?limit=1');
    expect(gateway.app!.calls[0].body).toEqual({ symbols: ['AAPL'], limit: 1 });

    const changed = await get('prices?symbols=IBM');
    expect(changed.statusCode).toBe(403);
    expect(changed.json().error.message).toBe(
      'This token fixes symbols to ["AAPL"]; omit symbols',
    );
  });

  it('names the known parameters for an unknown one', async () => {
    await serve();
    const answer = await get('prices?symbol=AAPL');
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toMatchObject({
      type: 'invalid-parameter',
      message:
        'prices has no parameter "symbol"; available: "symbols", "start", "limit", "adjusted"',
    });
  });

  it('reports the expected type of an invalid value', async () => {
    await serve();
    const answer = await get('prices?limit=many');
    expect(answer.json().error.message).toBe(
      'limit: expected a whole number, got "many"',
    );
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'rejects %s as an unknown parameter',
    async name => {
      await serve();
      expect((await get(`prices?${name}=1`)).statusCode).toBe(400);
    },
  );

  it('names the functions there are', async () => {
    await serve();
    const answer = await get('price');
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.functions).toEqual(['prices', 'mean']);
  });

  it.each([
    [422, 400],
    [413, 413],
    [429, 429],
    [500, 500],
    [504, 504],
  ])(
    'passes the words of an app that answers %i on with %i',
    async (from, to) => {
      const error = {
        type: 'some-cause',
        message: 'Some words',
        parameter: 'x',
      };
      await serve({ respond: json({ error }, from, { 'retry-after': '3' }) });
      const answer = await get('prices');
      expect(answer.statusCode).toBe(to);
      expect(answer.json().error).toMatchObject(error);
      expect(answer.headers['retry-after']).toBe('3');
      expect(used).toEqual([]);
    },
  );

  it('returns the operator’s reason if the app is not ready', async () => {
    const error = { type: 'not-ready', message: 'functions.py:3: no type' };
    await serve({ respond: json({ error }, 503) });
    const answer = await get('prices');
    expect(answer.statusCode).toBe(503);
    expect(answer.json().error.message).toBe(
      'feed is not ready. The code does not load. Look at the log.',
    );
  });

  it('reports that no pod responds if the app was deleted', async () => {
    await serve();
    await gateway.app!.stop();
    const answer = await get('prices');
    expect(answer.statusCode).toBe(503);
    expect(answer.json().error.message).toContain('No pod of feed is ready');
  });

  it('does not call an app healthy that does not answer', async () => {
    const served = anApp();
    for (const environment of served.status!.environments!)
      environment.health = 'Healthy';
    await serve({ served });
    await gateway.app!.stop();
    const { message } = (await get('prices')).json().error;
    expect(message).toBe('No pod of feed is ready. Try again in a moment.');
  });

  it('waits briefly for an app whose pods are being replaced', async () => {
    await serve();
    const { port, stop } = gateway.app!;
    await stop();
    const answer = get('prices');
    await sleep(50);
    gateway.app = await startApp(json({ rows, count: 2 }), port);
    expect((await answer).statusCode).toBe(200);
  });

  it('times out on an unresponsive app', async () => {
    await serve({ respond: () => {}, timeout: 300 });
    expect((await get('prices')).statusCode).toBe(504);
  });

  it('distinguishes a broken connection from a slow app', async () => {
    await serve({ respond: request => request.socket.destroy() });
    expect((await get('prices')).json().error.type).toBe('app-unreachable');
  });

  it('does not pass on a result that is not a table', async () => {
    await serve({ respond: json({ other: true }) });
    const answer = await get('prices', { accept: 'text/csv' });
    expect(answer.statusCode).toBe(502);
  });

  it('describes the token’s functions as OpenAPI', async () => {
    await serve({
      grant: aGrant({ functions: ['prices'], presets: { symbols: ['AAPL'] } }),
    });
    const document = (
      await get('openapi.json', { host: 'feeds.example' })
    ).json();
    expect(document.servers).toEqual([
      { url: 'http://feeds.example/v1/desk/prod/feed' },
    ]);
    expect(Object.keys(document.paths)).toEqual(['/prices']);
    const names = document.paths['/prices'].get.parameters.map(
      (it: any) => it.name,
    );
    expect(names).toEqual(['start', 'limit', 'adjusted']);
    expect((await get('openapi.json', { authorization: '' })).statusCode).toBe(
      401,
    );
    // The address of the app, with and without a slash at the end.
    for (const end of ['', '../feed'])
      expect((await get(end, { host: 'feeds.example' })).json().paths).toEqual(
        document.paths,
      );
  });

  it('is not ready, and serves nothing, before the grants are loaded', async () => {
    const server = await serve({ missing: ['grants'] });
    const ready = await server.inject('/readyz');
    expect(ready.statusCode).toBe(503);
    expect(ready.json().waitsFor).toEqual(['grants']);
    const answer = await get('prices');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect((await server.inject('/healthz')).statusCode).toBe(200);
  });

  it('counts answers by route and status', async () => {
    await serve();
    await get('prices');
    await get('prices', { authorization: '' });
    const body = await gateway.metrics.registry.metrics();
    const route = 'route="/v1/:tenant/:environment/:app/:fn"';
    expect(body).toContain(`requests_total{${route},status="200"} 1`);
    expect(body).toContain(`requests_total{${route},status="401"} 1`);
  });

  it('counts errors by whose fault they are', async () => {
    const count = async (options: Parameters<typeof serve>[0]) => {
      await serve(options);
      await get('prices');
      const body = await gateway.metrics.registry.metrics();
      return body.match(/requests_total\{.*,(status.*)\} 1/)?.[1];
    };
    const error = { type: 'function-failed', message: 'no' };
    expect(await count({ respond: json({ error }, 500) })).toBe(
      'status="500",fault="app"',
    );
    expect(await count({ respond: request => request.socket.destroy() })).toBe(
      'status="502",fault="platform"',
    );
  });

  it.each(['POST', 'PUT', 'DELETE'] as const)(
    'explains an address to %s',
    async method => {
      const server = await serve();
      for (const name of ['prices', 'openapi.json']) {
        const answer = await server.inject({
          method,
          url: `/v1/desk/prod/feed/${name}`,
          headers: { 'content-type': 'application/xml' },
          payload: '<not read/>',
        });
        expect(answer.statusCode).toBe(405);
        expect(answer.headers.allow).toBe('GET');
        expect(answer.json().error.type).toBe('method-not-allowed');
      }
    },
  );

  it('answers other paths and methods in the same form', async () => {
    const server = await serve();
    const answer = await server.inject({ method: 'POST', url: '/v1/desk' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.type).toBe('not-found');
    const bad = await server.inject('/v1/%zz/prod/feed/prices');
    expect(bad.statusCode).toBe(400);
    expect(bad.json().error.type).toBe('bad-request');
  });
});
