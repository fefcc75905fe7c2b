import { virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import {
  Client,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ODataService } from './__testUtils__/ODataService';
import { aGrant, token } from './__testUtils__/objects';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('MCP: each app as a server for agents', () => {
  let service: ODataService;
  const open: Client[] = [];

  beforeAll(async () => {
    service = await ODataService.start();
  }, 120_000);

  afterAll(() => service?.stop(), 30_000);

  afterEach(async () => {
    for (const client of open.splice(0)) await client.close();
    service.grant = aGrant();
    service.quota = undefined;
    service.reads.length = 0;
    service.used.length = 0;
  });

  const address = () => new URL('/mcp/desk/prod/feed', service.root);
  async function connect(secret = token): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StreamableHTTPClientTransport(address(), {
        requestInit: { headers: { authorization: `Bearer ${secret}` } },
      }),
    );
    open.push(client);
    return client;
  }
  const call = async (name: string, args: Record<string, unknown> = {}) =>
    (await connect()).callTool({ name, arguments: args });
  const send = (init: RequestInit) =>
    fetch(address(), {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...init.headers,
      },
    });
  const textOf = (result: unknown) =>
    (result as { content: { text: string }[] }).content[0].text;

  it('describes functions as tools that only read, in the terms of the domain', async () => {
    const { tools } = await (await connect()).listTools();
    const prices = tools.find(({ name }) => name === 'prices');
    expect(prices).toMatchObject({
      inputSchema: {
        type: 'object',
        properties: { days: { type: 'integer', default: 3 } },
      },
      outputSchema: {
        properties: {
          rows: { type: 'array' },
          total: { type: 'integer' },
          isTruncated: { type: 'boolean' },
        },
      },
      annotations: { readOnlyHint: true, openWorldHint: false },
    });
    expect(prices!.description).toMatch(
      /^Prices of four shares[^]*- price: .* in USD[^]*- volume: .*, can be empty/,
    );
    expect(tools.find(({ name }) => name === 'mean')).toBeDefined();
  });

  it('returns rows as structured content that fits the schema, with exact texts', async () => {
    // The client checks it against the output schema.
    const result = await call('prices', { days: 1 });
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toMatchObject({
      rows: [
        {
          symbol: 'AAPL',
          day: '2026-01-01',
          price: '0.1234',
          volume: '9007199254740993',
        },
        { symbol: 'BRK/B' },
        { symbol: "O'Neil" },
        { symbol: 'S&P 500, +1%' },
      ],
      total: 4,
      isTruncated: false,
    });
    expect(textOf(result)).toContain('"volume":9007199254740993');
    expect((await call('mean')).structuredContent).toEqual({ value: 1.5 });
  });

  it('offers tables without required parameters as resources', async () => {
    const client = await connect();
    const { resources } = await client.listResources();
    const names = resources.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['prices', 'numbers']));
    expect(names).not.toContain('mean');
    const { uri } = resources.find(({ name }) => name === 'prices')!;
    expect(uri).toBe(
      new URL('/v1/desk/prod/feed/prices.json', service.root).href,
    );
    const { contents } = await client.readResource({ uri });
    expect(contents).toEqual([
      {
        uri,
        mimeType: 'application/json',
        text: expect.stringContaining('"volume":9007199254740993'),
      },
    ]);
    expect(service.reads.at(-1)).toMatchObject({ fn: 'prices', format: 'MCP' });
    await expect(
      client.readResource({ uri: uri.replace('prices', 'mean') }),
    ).rejects.toThrow(/not found/i);
    service.grant = aGrant({ functions: ['mean'] });
    expect((await client.listResources()).resources).toEqual([]);
    await expect(client.readResource({ uri })).rejects.toThrow(/not found/i);
  });

  it('serves the app of a token at the address of its tenant, and no other tenant', async () => {
    const tenant = async (name: string) => {
      const client = new Client({ name: 'test', version: '1' });
      await client.connect(
        new StreamableHTTPClientTransport(
          new URL(`/mcp/${name}`, service.root),
          {
            requestInit: { headers: { authorization: `Bearer ${token}` } },
          },
        ),
      );
      open.push(client);
      return client;
    };
    const desk = await tenant('desk');
    const { tools } = await desk.listTools();
    expect(tools.map(({ name }) => name)).toContain('feed__prod__prices');
    expect(
      (await desk.callTool({ name: 'feed__prod__mean' })).structuredContent,
    ).toEqual({ value: 1.5 });
    await expect(desk.callTool({ name: 'mean' })).rejects.toThrow(
      /Function mean was not found; available: feed__prod__prices/,
    );
    await expect(tenant('other')).rejects.toThrow(
      'This token is for tenant desk, not for other',
    );
  });

  it('bounds large results, with the total and a link to all rows', async () => {
    const { content, structuredContent } = await call('numbers', {
      count: 5_000,
    });
    const { rows, ...rest } = structuredContent as { rows: unknown[] };
    expect(rows).toHaveLength(200);
    expect(rest).toEqual({ total: 5_000, isTruncated: true });
    expect(content).toContainEqual(
      expect.objectContaining({
        type: 'resource_link',
        mimeType: 'text/csv',
        uri: new URL('/v1/desk/prod/feed/numbers.csv?count=5000', service.root)
          .href,
      }),
    );
    const wide = await call('notes', { length: 300_000 });
    expect(wide.structuredContent).toMatchObject({
      rows: [],
      total: 1,
      isTruncated: true,
    });
  });

  it('serves the official Python client', async () => {
    const python = join(await virtualEnvironment(), 'bin/python');
    const program = join(
      import.meta.dirname,
      '__fixtures__/clients/mcp_client.py',
    );
    const { stdout } = await promisify(execFile)(python, [
      program,
      address().href,
      token,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      tools: expect.arrayContaining(['prices', 'mean']),
      result: { total: 4 },
    });
  });

  it('serves clients of the protocol of 2025, in JSON', async () => {
    const post = async (body: object) => {
      const response = await fetch(address(), {
        method: 'POST',
        headers: {
          accept: 'application/json, text/event-stream',
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }),
      });
      const text = await response.text();
      return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text);
    };
    expect(
      await post({
        method: 'initialize',
        params: {
          protocolVersion: '2025-06-18',
          capabilities: {},
          clientInfo: { name: 'old', version: '1' },
        },
      }),
    ).toMatchObject({
      result: {
        protocolVersion: '2025-06-18',
        serverInfo: { name: 'desk/prod/feed' },
      },
    });
    const called = await post({
      method: 'tools/call',
      params: { name: 'mean', arguments: {} },
    });
    expect(called.result.structuredContent).toEqual({ value: 1.5 });
  });

  it('gives failures to the model, with their remedy', async () => {
    for (const [name, args, message] of [
      ['quotes', { symbols: ['XYZ'] }, 'no share XYZ'],
      ['quotes', {}, 'symbols'],
      ['prices', { days: 'many' }, 'days'],
      [
        'prices',
        { colour: 'red' },
        'prices has no parameter "colour"; available: "days"',
      ],
      ['broken', {}, 'broken'],
    ] as const) {
      const result = await call(name, args);
      expect([name, result.isError]).toEqual([name, true]);
      expect(textOf(result)).toContain(message);
      expect(textOf(result)).not.toContain('secret detail');
    }
  });

  it('has no tools that the token does not open, and no parameters that it fixes', async () => {
    service.grant = aGrant({ functions: ['prices'], presets: { days: 1 } });
    const client = await connect();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['prices']);
    expect(tools[0].inputSchema.properties).toEqual({});
    for (const name of ['secret', 'missing'])
      await expect(client.callTool({ name, arguments: {} })).rejects.toThrow();
    expect((await call('prices')).structuredContent).toMatchObject({
      total: 4,
    });
    expect((await call('prices', { days: 2 })).isError).toBe(true);
  });

  it('refuses batches, whose calls one token would not all open', async () => {
    service.grant = aGrant({ functions: ['prices'] });
    const response = await send({
      method: 'POST',
      body: JSON.stringify(
        ['prices', 'secret'].map((name, id) => ({
          jsonrpc: '2.0',
          id,
          method: 'tools/call',
          params: { name, arguments: {} },
        })),
      ),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('one by one') },
    });
    expect(service.used).toEqual([]);
  });

  it('reports a body that is not JSON as JSON-RPC does', async () => {
    const response = await send({ method: 'POST', body: '{"jsonrpc":' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32700, data: { type: 'bad-request' } },
    });
    const large = await send({
      method: 'POST',
      body: JSON.stringify({ text: 'x'.repeat(300_000) }),
    });
    expect([large.status, await large.json()]).toMatchObject([
      413,
      { error: { code: -32000, data: { type: 'request-too-large' } } },
    ]);
  });

  it('limits and records calls', async () => {
    await call('prices');
    expect(service.reads).toMatchObject([
      { fn: 'prices', format: 'MCP', rows: 12, subject: 'user:default/tom' },
    ]);
    service.quota = 1;
    await call('prices');
    const limited = await call('prices');
    expect(limited.isError).toBe(true);
    expect(textOf(limited)).toMatch(/retry after \d+ s/);
  });

  it('asks for a token, and says where its resource is described', async () => {
    const refused = await fetch(address(), { method: 'POST' });
    expect(refused.status).toBe(401);
    const [, metadata] =
      /Bearer resource_metadata="([^"]+)"/.exec(
        refused.headers.get('www-authenticate') ?? '',
      ) ?? [];
    expect(await (await fetch(metadata)).json()).toMatchObject({
      resource: address().href,
      bearer_methods_supported: ['header'],
    });
    await expect(connect('bwk_wrong')).rejects.toThrow();
    const guessed = new URL(`${address()}?access_token=bwk_guessed`);
    const header = (await fetch(guessed, { method: 'POST' })).headers.get(
      'www-authenticate',
    );
    expect(header).toContain(`${metadata}"`);
    expect(header).not.toContain('bwk_guessed');
  });

  it('refuses pages of other origins, large requests and unknown methods', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
    // The latter is the gateway's own after DNS rebinding: that of the Host header.
    for (const origin of ['https://elsewhere.example', address().origin])
      expect(
        (await send({ method: 'POST', body, headers: { origin } })).status,
      ).toBe(403);
    expect(
      (await send({ method: 'POST', body: `"${'x'.repeat(300_000)}"` })).status,
    ).toBe(413);
    expect((await send({ method: 'GET' })).status).toBe(405);
    expect((await send({ method: 'PUT', body })).status).toBe(404);
    expect((await send({ method: 'POST', body: '{' })).status).toBe(400);
  });
});
