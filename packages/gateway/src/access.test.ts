import { eventually } from '@bailiwick/backstage-testing';
import { aGrant, basic, token } from './__testUtils__/objects';
import { TestGateway } from './__testUtils__/TestGateway';

describe('access to a gateway', () => {
  const gateway = new TestGateway();
  const serve: TestGateway['serve'] = options => gateway.serve(options);
  const get: TestGateway['get'] = (...args) => gateway.get(...args);

  afterEach(() => gateway.stop());

  it('limits the calls of a grant per minute and per day, without counting them for the app', async () => {
    await serve({ grant: aGrant({ limits: { callsPerMinute: 1 } }), quota: 2 });
    expect((await get('prices')).statusCode).toBe(200);
    const tooFast = await get('prices');
    expect(tooFast.statusCode).toBe(429);
    expect(tooFast.json().error.message).toMatch(
      /^This token has a rate limit of 1 calls\/min; retry in \d+ s/,
    );
    await gateway.stop();

    await serve({ grant: aGrant({ limits: { callsPerDay: 2 } }) });
    const codes = [];
    for (let call = 0; call < 3; call += 1)
      codes.push((await get('prices')).statusCode);
    expect(codes).toEqual([200, 200, 429]);
    const used = await get('prices');
    expect(used.json().error.message).toContain('2 calls a day');
    const wait = Number(used.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(86_400);
  });

  it('remembers why it refused a valid token, and from which client', async () => {
    await serve({ grant: aGrant({ addresses: ['10.0.0.0/8'] }) });
    await get('prices', { 'user-agent': 'Excel/16' });
    await get('prices', { authorization: basic('bwk_wrong') });
    expect(gateway.failures).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        status: 403,
        type: 'not-allowed',
        agent: 'Excel/16',
      },
    ]);
    await gateway.stop();
    await serve();
    await get('prices?colour=red');
    await get('prices?limit=many');
    await get('absent');
    await get('prices');
    expect(gateway.failures).toMatchObject([
      { type: 'invalid-parameter', fn: 'prices' },
      { type: 'invalid-parameter', fn: 'prices', parameter: 'limit' },
      { type: 'not-found' },
    ]);
    expect(gateway.reads).toMatchObject([
      { fn: 'prices', status: 400 },
      { fn: 'prices', status: 400 },
      { fn: '', app: 'feed', environment: 'prod', status: 404 },
      { fn: 'prices', status: 200 },
    ]);
    // Names that are not in the contract can be values, such as a token in the wrong place.
    expect(JSON.stringify(gateway.failures)).not.toMatch(
      /colour|red|many|absent/,
    );
  });

  it('remembers a token with a user name that it does not belong to', async () => {
    await serve();
    const status = async (user: string) =>
      (await get('prices', { authorization: basic(token, user) })).statusCode;
    expect(await status('bea')).toBe(401);
    expect(gateway.failures).toMatchObject([
      { status: 401, type: 'not-logged-in' },
    ]);
    expect(await status('Tom')).toBe(200);
  });

  it('reports a wrong login before a wrong suffix', async () => {
    await serve();
    const codes = async (authorization: string) =>
      (await get('prices.xls', { authorization })).statusCode;
    expect(await codes(basic('bwk_wrong'))).toBe(401);
    expect(await codes(basic(token))).toBe(406);
    expect(gateway.failures).toMatchObject([{ type: 'not-acceptable' }]);
  });

  it('remembers the function, rows and client of a read, and of a request without rows', async () => {
    const server = await serve();
    await get('prices.csv', { 'user-agent': 'Excel/16' });
    await server.inject({
      url: '/odata/v1/desk/prod/feed/$metadata',
      headers: { authorization: basic(token), 'user-agent': '' },
    });
    const at = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(gateway.answered).toEqual([
      { at, agent: 'Excel/16', fn: 'prices', rows: 2 },
      { at },
    ]);
  });

  it('reads a token from the query if the grant allows it, and not as a parameter', async () => {
    const server = await serve({ grant: aGrant({ allowsQuery: true }) });
    const url = `/v1/desk/prod/feed/prices?limit=2&access_token=${token}`;
    expect((await server.inject(url)).statusCode).toBe(200);
    expect(gateway.app!.calls).toEqual([
      expect.objectContaining({ body: { limit: 2 } }),
    ]);
  });

  it('throttles failed logins per address, but no valid tokens', async () => {
    await serve({ failedLogins: 2 });
    const codes = [];
    for (let login = 0; login < 4; login += 1) {
      // A client without a token asks for the scheme; that is no failed login.
      codes.push((await get('prices', { authorization: '' })).statusCode);
      codes.push(
        (await get('prices', { authorization: basic('bwk_no') })).statusCode,
      );
    }
    expect(codes).toEqual([401, 401, 401, 401, 401, 429, 401, 429]);
    const locked = await get('prices', { authorization: basic('bwk_no') });
    expect(locked.json().error.type).toBe('too-many-logins');
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(60);
    expect((await get('prices')).statusCode).toBe(200);
  });

  it('reads the address of a client from trusted proxies only', async () => {
    const grant = aGrant({ addresses: ['10.1.0.0/16'] });
    const forwarded = { 'x-forwarded-for': '10.1.2.3' };
    await serve({ grant });
    expect((await get('prices', forwarded)).statusCode).toBe(403);
    await gateway.stop();
    await serve({ grant, trustedProxies: ['127.0.0.0/8'] });
    expect((await get('prices', forwarded)).statusCode).toBe(200);
    expect((await get('prices')).statusCode).toBe(403);
  });

  it('records each read of a valid token, without parameters, values or tokens', async () => {
    await serve({ grant: aGrant({ allowsQuery: true }), quota: 1 });
    const address = await gateway.listen();
    const call = async (query: string, headers: Record<string, string>) => {
      const url = `${address}/v1/desk/prod/feed/prices?${query}`;
      await (await fetch(url, { headers })).text();
    };
    await call('limit=7', {
      accept: 'text/csv',
      authorization: basic(token),
      'user-agent': `Excel${'x'.repeat(200)}`,
    });
    await call('', { authorization: basic('bwk_wrong') });
    await call(`access_token=${token}`, {});
    await eventually('Both are recorded', () => gateway.reads.length === 2);
    const [read, rejected] = gateway.reads;
    expect(read).toEqual({
      tenant: 'desk',
      environment: 'prod',
      app: 'feed',
      fn: 'prices',
      format: expect.stringMatching(/^text\/csv/),
      code: '3f9c1e2',
      subject: 'user:default/tom',
      grant: 'tom-excel',
      client: 'api',
      agent: expect.stringMatching(/^Excelx{95}$/),
      address: '127.0.0.1',
      status: 200,
      isAborted: false,
      rows: 2,
      bytes: Buffer.byteLength(
        'symbol,note,price\r\nAAPL,"a ""quoted"", note",1.5\r\nIBM,,2\r\n',
      ),
      ms: expect.any(Number),
    });
    expect(rejected).toMatchObject({ status: 429, bytes: 0 });
    expect(JSON.stringify(gateway.reads)).not.toMatch(/bwk_|AAPL|limit/);
  });

  it('records a read that the client ends before the app responds', async () => {
    await serve({ respond: () => {} });
    const address = await gateway.listen();
    const gone = new AbortController();
    const response = fetch(`${address}/v1/desk/prod/feed/prices`, {
      headers: { authorization: basic(token) },
      signal: gone.signal,
    });
    await eventually(
      'The app has the call',
      () => gateway.app!.calls.length === 1,
    );
    gone.abort();
    await expect(response).rejects.toThrow('abort');
    await eventually('The read is recorded', () => gateway.reads.length === 1);
    expect(gateway.reads).toMatchObject([{ isAborted: true, bytes: 0 }]);
  });
});
