import { basic, token } from './__testUtils__/objects';
import { json } from './__testUtils__/startApp';
import { rows, TestGateway } from './__testUtils__/TestGateway';

describe('formats of a gateway', () => {
  const gateway = new TestGateway();
  const get: TestGateway['get'] = (...args) => gateway.get(...args);

  afterEach(() => gateway.stop());

  it('writes the format of the suffix as a file, whatever the Accept header', async () => {
    await gateway.serve();
    const read = async (name: string) => {
      const { body, headers, statusCode } = await get(`${name}?limit=2`, {
        accept: 'application/json',
      });
      expect(statusCode).toBe(200);
      expect(headers['content-disposition']).toBe(
        `attachment; filename="${name}"`,
      );
      return [headers['content-type'], body];
    };
    expect(await read('prices.json')).toEqual([
      'application/json; charset=utf-8',
      JSON.stringify({ rows, count: 2 }),
    ]);
    expect(await read('prices.jsonl')).toEqual([
      'application/x-ndjson; charset=utf-8',
      rows.map(row => `${JSON.stringify(row)}\n`).join(''),
    ]);
    expect(await read('prices.csv')).toEqual([
      'text/csv; charset=utf-8; header=present',
      'symbol,note,price\r\nAAPL,"a ""quoted"", note",1.5\r\nIBM,,2\r\n',
    ]);
    expect(gateway.app!.calls.map(({ url }) => url)).toEqual(
      Array(3).fill('/call/prices'),
    );
  });

  it('writes JSON Lines on request', async () => {
    await gateway.serve();
    const { body, headers } = await get('prices', {
      accept: 'application/x-ndjson',
    });
    expect(headers).not.toHaveProperty('content-disposition');
    expect(
      body
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual(rows);
  });

  it('begins CSV with a byte order mark for browsers, and for programs on request', async () => {
    await gateway.serve({ respond: json({ rows: [], count: 0 }) });
    const begins = async (headers: Record<string, string>) => {
      const { body, headers: sent } = await get('prices.csv', headers);
      return [body[0], sent['preference-applied']];
    };
    expect(await begins({})).toEqual(['s', undefined]);
    expect(await begins({ prefer: 'bom=on' })).toEqual(['\uFEFF', 'bom=on']);
    const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    expect(await begins(browser)).toEqual(['\uFEFF', undefined]);
    expect(await begins({ ...browser, prefer: 'bom=off' })).toEqual([
      's',
      'bom=off',
    ]);
  });

  it('rejects unknown suffixes, and formats that a result does not have', async () => {
    const server = await gateway.serve();
    const unknown = await get('prices.xls');
    expect(unknown.statusCode).toBe(406);
    expect(unknown.json().error).toMatchObject({
      type: 'not-acceptable',
      message:
        'There is no format ".xls"; available: .json, .jsonl, .xlsx, .csv, .arrow, .parquet',
    });
    const single = await get('mean.csv');
    expect(single.statusCode).toBe(406);
    expect(single.json().error).toMatchObject({
      message: 'mean is not available in this format; available: .json',
      suffixes: ['.json'],
    });
    const stranger = await server.inject('/v1/desk/prod/feed/prices.csv');
    expect(stranger.statusCode).toBe(401);
    const other = await server.inject({
      url: '/v1/desk/prod/feed/unknown.csv',
      headers: { authorization: basic(token) },
    });
    expect(other.statusCode).toBe(404);
  });

  it('records the format and the number of rows of each read', async () => {
    await gateway.serve();
    await get('prices.csv');
    await get('prices.jsonl');
    expect(gateway.reads).toMatchObject([
      { fn: 'prices', format: expect.stringContaining('csv'), rows: 2 },
      { fn: 'prices', format: expect.stringContaining('ndjson'), rows: 2 },
    ]);
  });
});
