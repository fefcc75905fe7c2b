import { gunzipSync } from 'node:zlib';
import { request, type IncomingHttpHeaders } from 'node:http';
import { ODataService } from './__testUtils__/ODataService';
import { aGrant, basic, token } from './__testUtils__/objects';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('OData: access, pages and bounds', () => {
  let service: ODataService;
  const get: ODataService['fetch'] = (...it) => service.fetch(...it);
  const json: ODataService['json'] = (...it) => service.json(...it);

  beforeAll(async () => {
    service = await ODataService.start();
  }, 120_000);

  afterAll(() => service?.stop(), 30_000);

  afterEach(() => {
    service.grant = aGrant();
    service.quota = undefined;
    service.reads.length = 0;
  });

  it('odata/06 keeps a token of the address in the links to further pages', async () => {
    service.grant = aGrant({ allowsQuery: true });
    const first = await fetch(`${service.root}prices?access_token=${token}`, {
      headers: { prefer: 'odata.maxpagesize=5' },
    });
    const { '@odata.nextLink': next }: any = await first.json();
    expect(new URL(next).searchParams.get('access_token')).toBe(token);
    expect((await fetch(next)).status).toBe(200);
    // A token of a header never appears in an address.
    const { '@odata.nextLink': own } = await json('prices', {
      prefer: 'odata.maxpagesize=5',
    });
    expect(own).not.toContain('access_token');
  });

  it('odata/17 authenticates, authorizes, limits and records', async () => {
    const anonymous = await fetch(`${service.root}prices`);
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(
      (await get('prices', { authorization: 'Bearer' })).headers.get(
        'www-authenticate',
      ),
    ).toMatch(/^Basic realm=/);
    service.grant = aGrant({ functions: ['prices'] });
    expect((await get('secret')).status).toBe(403);
    expect((await json('')).value).toHaveLength(1);
    expect(await (await get('$metadata')).text()).not.toContain('secret');
    service.grant = aGrant({ presets: { days: 1 } });
    expect((await json('prices')).value).toHaveLength(4);
    expect((await get('prices?days=2')).status).toBe(403);
    service.grant = aGrant();
    service.reads.length = 0;
    await get('prices?$top=2', { 'user-agent': 'Microsoft.Data.Mashup' });
    expect(service.reads).toMatchObject([
      {
        fn: 'prices',
        format: 'OData',
        rows: 2,
        status: 200,
        agent: 'Microsoft.Data.Mashup',
        subject: 'user:default/tom',
      },
    ]);
    expect(service.reads[0].bytes).toBeGreaterThan(100);
    service.quota = 1;
    await get('prices');
    const limited = await get('prices');
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('odata/18 treats texts of queries as values, never as SQL', async () => {
    for (const text of [
      "x'; DROP TABLE rows; --",
      "' OR 1=1 --",
      "x' UNION SELECT content FROM read_text('/etc/passwd') --",
      "'; ATTACH '/tmp/x' AS x; --",
      "'; LOAD httpfs; --",
    ]) {
      const literal = encodeURIComponent(`'${text.replaceAll("'", "''")}'`);
      for (const filter of [
        `symbol eq ${literal}`,
        `contains(symbol,${literal})`,
        `concat(symbol,${literal}) eq symbol`,
      ])
        expect((await json(`prices?$filter=${filter}`)).value).toEqual([]);
      const path = encodeURIComponent(text);
      for (const query of [
        `prices?$orderby=${path}`,
        `prices?$select=${path}`,
        `prices?$filter=${path}`,
        `prices(${path})`,
      ])
        expect([400, 501]).toContain((await get(query)).status);
    }
    expect((await json('prices')).value).toHaveLength(12);
  });

  it('odata/19 answers failures before the first byte, and keeps pages consistent', async () => {
    const failed = await get('broken');
    expect(failed.status).toBe(500);
    const text = await failed.text();
    expect(text).toContain('function-failed');
    expect(text).not.toContain('secret detail');
    const first = await json('changing?$top=4', { prefer: 'maxpagesize=2' });
    const next = first['@odata.nextLink'];
    const others = await Promise.all([json('changing'), json('changing')]);
    const second = await json(next);
    expect(second.value).toMatchObject(
      Array(2).fill({ number: first.value[0].number }),
    );
    expect(others[0].value[0].number).toBeGreaterThan(first.value[0].number);
    // Whoever asks at the same time gets the same result.
    expect(others[1].value).toEqual(others[0].value);
    const changed = await get(next.replace('top=4', 'top=3'));
    expect(changed.status).toBe(400);
    expect((await get('prices?$skiptoken=x')).status).toBe(400);
  });

  it('odata/20 compresses', async () => {
    const plain = await (await get('numbers?$top=1000')).text();
    const { headers, raw } = await rawGet(`${service.root}numbers?$top=1000`, {
      'accept-encoding': 'gzip',
    });
    expect(headers['content-encoding']).toBe('gzip');
    expect(raw.length).toBeLessThan(plain.length / 3);
    expect(JSON.parse(gunzipSync(raw).toString()).value).toEqual(
      JSON.parse(plain).value,
    );
  });

  it('calls functions with their parameters, in the query or in parentheses', async () => {
    const expected = [
      { symbol: 'AAPL', day: '2026-01-03' },
      { symbol: "O'Neil", day: '2026-01-03' },
    ];
    const list = encodeURIComponent(`["AAPL","O'Neil"]`);
    for (const path of [
      "quotes?symbols=AAPL,O'Neil&since=2026-01-03",
      `quotes(symbols=@s,since=2026-01-03)?@s=${list}`,
    ])
      expect((await json(path)).value).toMatchObject(expected);
    expect(await (await get("quotes(symbols='AAPL')/$count")).text()).toBe('3');
    expect(
      (await json("quotes(symbols='AAPL')?$filter=day gt 2026-01-01&$top=1"))
        .value,
    ).toMatchObject([{ day: '2026-01-02' }]);
    const missing = await get('quotes');
    expect(missing.status).toBe(400);
    expect(((await missing.json()) as any).error.message).toBe(
      'quotes needs a value for symbols; add it to the address, such as quotes?symbols=…',
    );
    const refused = await get("quotes(symbols='X')");
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as any).error.message).toContain(
      'no share X',
    );
  });

  it('restores a page on another replica, or says that the rows are gone', async () => {
    const replica = await service.startReplica();
    const elsewhere = (link: string) => link.replace(service.root, replica);
    const prefer = { prefer: 'odata.maxpagesize=5' };
    const first = await json('prices', prefer);
    const second = await json(elsewhere(first['@odata.nextLink']), prefer);
    expect([...first.value, ...second.value]).toEqual(
      (await json('prices?$top=10')).value,
    );
    const changing = await json('changing', { prefer: 'maxpagesize=2' });
    const gone = await get(elsewhere(changing['@odata.nextLink']));
    expect(gone.status).toBe(410);
    expect(((await gone.json()) as any).error.code).toBe('snapshot-gone');
  });

  it('bounds the disk', async () => {
    const small = await service.startReplica({ maxBytes: 2 ** 20 });
    const large = await get(`${small}numbers`);
    expect(large.status).toBe(413);
    for (let count = 1_000; count < 1_040; count += 1)
      expect((await get(`${small}numbers?count=${count}&$top=1`)).status).toBe(
        200,
      );
  });

  it('bounds queries', async () => {
    const deep = `${'('.repeat(150)}1 eq 1${')'.repeat(150)}`;
    expect((await get(`numbers?$filter=${deep}`)).status).toBe(400);
    const long = `word eq '${'x'.repeat(14_000)}'`;
    expect((await get(`numbers?$filter=${long}`)).status).toBe(200);
    expect([400, 431]).toContain(
      (await get(`numbers?$filter=word eq '${'x'.repeat(100_000)}'`)).status,
    );
  });
});

/** Sends a request without decoding its response. */
function rawGet(
  url: string,
  headers: Record<string, string>,
): Promise<{ headers: IncomingHttpHeaders; raw: Buffer }> {
  return new Promise((resolve, reject) => {
    const authorization = basic(token);
    request(url, { headers: { authorization, ...headers } }, async response => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ headers: response.headers, raw: Buffer.concat(chunks) });
    })
      .on('error', reject)
      .end();
  });
}
