import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ODataService } from './__testUtils__/ODataService';
import { aGrant } from './__testUtils__/objects';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

/** First request of Power Query, as it asks for the versions it knows. */
const powerQuery = {
  'user-agent':
    'Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)',
  accept:
    'application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7',
  'odata-maxversion': '4.0',
};

integration('OData of real functions', () => {
  let service: ODataService;
  const get: ODataService['fetch'] = (...it) => service.fetch(...it);
  const json: ODataService['json'] = (...it) => service.json(...it);
  const values = async (path: string) => (await json(path)).value;
  const symbols = async (query: string) =>
    (await values(`prices?${query}`)).map(
      ({ day, symbol }: any) => `${symbol} ${day.slice(8)}`,
    );

  beforeAll(async () => {
    service = await ODataService.start();
  }, 120_000);

  afterAll(() => service?.stop(), 30_000);

  afterEach(() => {
    service.grant = aGrant();
    service.quota = undefined;
  });

  it('odata/01 has a service document', async () => {
    const response = await get('', powerQuery);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(
      'application/json;odata.metadata=minimal',
    );
    expect(response.headers.get('odata-version')).toBe('4.0');
    const document: any = await response.json();
    expect(document['@odata.context']).toBe(`${service.root}$metadata`);
    expect(document.value).toContainEqual({
      name: 'prices',
      kind: 'EntitySet',
      url: 'prices',
    });
    expect(document.value.map(({ name }: any) => name)).not.toContain('mean');
    expect((await get(service.root.slice(0, -1))).status).toBe(200);
  });

  it('odata/02 has metadata in XML, whatever the client accepts', async () => {
    const response = await get('$metadata', { accept: 'application/json' });
    expect(response.headers.get('content-type')).toBe('application/xml');
    const xml = await response.text();
    expect(XMLValidator.validate(xml)).toBe(true);
    const {
      'edmx:Edmx': { 'edmx:DataServices': services, Version },
    } = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: name => ['EntityType', 'Function', 'Parameter'].includes(name),
    }).parse(xml);
    expect(Version).toBe('4.0');
    const { EntityContainer, EntityType, Function } = services.Schema;
    for (const type of EntityType) expect(type.Key.PropertyRef).toBeDefined();
    const prices = EntityType.find((one: any) => one.Name === 'prices');
    expect(prices.Property).toMatchObject([
      { Name: 'symbol', Type: 'Edm.String', Nullable: 'false' },
      { Name: 'day', Type: 'Edm.Date', Nullable: 'false' },
      { Name: 'price', Type: 'Edm.Decimal', Precision: '19', Scale: '4' },
      { Name: 'volume', Type: 'Edm.Int64' },
      { Name: 'note', Type: 'Edm.String' },
    ]);
    const sets = EntityContainer.EntitySet.map((one: any) => one.Name);
    expect(sets).toContain('numbers');
    expect(sets).not.toContain('quotes');
    expect(EntityContainer.FunctionImport).toMatchObject({ Name: 'quotes' });
    expect(Function.map((one: any) => one.Parameter.length)).toEqual([1, 2]);
  });

  it('odata/03 negotiates the form and the version', async () => {
    for (const level of ['none', 'minimal', 'full']) {
      const response = await get('prices?$top=1', {
        accept: `application/json;odata.metadata=${level}`,
      });
      expect(response.headers.get('content-type')).toBe(
        `application/json;odata.metadata=${level}`,
      );
      const page: any = await response.json();
      expect('@odata.context' in page).toBe(level !== 'none');
      expect(page.value[0]['@odata.type']).toBe(
        level === 'full' ? '#Bailiwick.prices' : undefined,
      );
    }
    for (const [path, headers, status] of [
      ['prices', { accept: 'application/atom+xml' }, 406],
      ['prices', { accept: 'application/json;odata.metadata=some' }, 406],
      ['prices?$format=xml', {}, 406],
      ['$metadata?$format=json', {}, 406],
      ['prices?$format=json', { accept: 'text/html' }, 200],
      ['prices', { 'odata-maxversion': '3.0' }, 400],
      ['prices', { 'odata-maxversion': '4.01' }, 200],
    ] as const)
      expect([path, (await get(path, { ...headers })).status]).toEqual([
        path,
        status,
      ]);
  });

  it('odata/04 writes Int64 and Decimal as texts for IEEE 754 clients', async () => {
    const response = await get("prices(symbol='AAPL',day=2026-01-01)", {
      accept: 'application/json;IEEE754Compatible=true',
    });
    expect(response.headers.get('content-type')).toContain(
      'IEEE754Compatible=true',
    );
    expect(await response.json()).toMatchObject({
      price: '0.1234',
      volume: '9007199254740993',
    });
    const exact = await (
      await get("prices(symbol='AAPL',day=2026-01-01)")
    ).text();
    expect(exact).toContain('"price":0.1234,"volume":9007199254740993');
  });

  it('odata/05 has absolute context addresses', async () => {
    const context = async (path: string) =>
      (await json(path))['@odata.context'].replace(service.root, '');
    expect(await context('prices')).toBe('$metadata#prices');
    expect(await context('prices?$select=price,symbol')).toBe(
      '$metadata#prices(symbol,price)',
    );
    expect(await context("prices(symbol='AAPL',day=2026-01-01)")).toBe(
      '$metadata#prices/$entity',
    );
    expect((await get('prices?$expand=x')).status).toBe(501);
  });

  it('odata/06 divides large results into pages, each row once and in order', async () => {
    const first = await json('numbers?$count=true');
    expect(first['@odata.count']).toBe(120_000);
    expect(first.value).toHaveLength(50_000);
    expect(first['@odata.nextLink']).toMatch(
      new RegExp(`^${service.root}numbers\\?%24count=true&%24skiptoken=`),
    );
    const all = await service.rows('numbers');
    expect(all.map(({ value }) => value)).toEqual(
      Array.from({ length: 120_000 }, (_, number) => number),
    );
    expect(await service.rows('numbers?$top=70000')).toHaveLength(70_000);
    const sorted = await service.rows(
      'numbers?$orderby=word desc&$select=word,value&$skip=10&$top=99990',
    );
    expect(sorted).toHaveLength(99_990);
    expect(new Set(sorted.map(({ value }) => value)).size).toBe(99_990);
  });

  it('odata/07 honors the preferred page size', async () => {
    const response = await get('prices', { prefer: 'odata.maxpagesize=5' });
    expect(response.headers.get('preference-applied')).toBe(
      'odata.maxpagesize=5',
    );
    const page: any = await response.json();
    expect(page.value).toHaveLength(5);
    const rows = await service.rows('prices', {
      prefer: 'odata.maxpagesize=5',
    });
    expect(rows).toEqual((await json('prices')).value);
  });

  it('odata/08 selects, sorts, skips and counts', async () => {
    expect(await values('prices?$select=symbol&$top=2&$skip=2')).toEqual([
      { symbol: 'AAPL' },
      { symbol: 'BRK/B' },
    ]);
    expect(await symbols('$orderby=day desc,symbol&$top=2')).toEqual([
      'AAPL 03',
      'BRK/B 03',
    ]);
    expect(await symbols('$orderby=volume desc&$top=1')).toEqual([
      'S&P 500, +1% 01',
    ]);
    expect(await symbols('$orderby=volume&$top=1')).toEqual(['AAPL 02']);
    const count = await get('prices/$count?$filter=note eq null&$top=1');
    expect(count.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await count.text()).toBe('4');
    expect(
      await json('prices?$count=true&$filter=day eq 2026-01-01&$top=1'),
    ).toMatchObject({ '@odata.count': 4, value: [{ symbol: 'AAPL' }] });
    expect(await values('prices?$skip=1000')).toEqual([]);
    expect(await values('prices?$top=0')).toEqual([]);
    expect(await values('prices?$top=1000000000000000000')).toHaveLength(12);
  });

  it('odata/09 filters', async () => {
    for (const [filter, count] of [
      ["symbol eq 'AAPL'", 3],
      ["symbol ne 'AAPL' and not (day gt 2026-01-01)", 3],
      [
        "contains(symbol,'B') or startswith(symbol,'O') or endswith(symbol,'%25')",
        9,
      ],
      ["tolower(symbol) eq 'aapl' and toupper(trim(note)) ne null", 2],
      ["length(symbol) eq 5 and indexof(symbol,'/') eq 3", 3],
      ["substring(symbol,1,2) eq 'AP'", 3],
      ["concat(symbol,'!') eq 'AAPL!'", 3],
      ['year(day) eq 2026 and month(day) eq 1 and day(day) eq 2', 4],
      [
        'round(price) eq 100 and floor(price) eq 100 and ceiling(price) eq 101',
        1,
      ],
      ['price add 1 sub 1 mul 1 div 1 eq 100.1234', 1],
      ['volume eq null', 4],
      ['volume eq 9007199254740993', 2],
      ['volume mod 2 eq 1', 4],
      ["symbol eq @name&@name='BRK/B'", 3],
    ] as const)
      expect([
        filter,
        (await values(`prices?$filter=${filter.replaceAll('&S', '%26S')}`))
          .length,
      ]).toEqual([filter, count]);
    const at = 'everything?$filter=';
    expect(
      await values(
        `${at}hour(at) eq 21 and minute(at) eq 30 and second(at) eq 0 and date(at) eq 2026-01-31`,
      ),
    ).toHaveLength(2);
    expect(
      await values(`${at}lasts gt duration'P799D' and time eq 10:30:00`),
    ).toHaveLength(2);
    expect(await values(`${at}isOpen and ratio eq null`)).toHaveLength(1);
  });

  it('odata/10 refuses what it does not have with 501, and malformed requests with 400', async () => {
    for (const [query, status] of [
      ['$apply=x', 501],
      ['$search=x', 501],
      ['$compute=x', 501],
      ['$expand=x', 501],
      ['$filter=geo.distance(symbol,symbol) lt 1', 501],
      ["$filter=symbol in ('A')", 501],
      ["$filter=matchesPattern(symbol,'A')", 501],
      ['$filter=soundex(symbol) eq 1', 501],
      ['$filter=symbol eq', 400],
      ["$filter=symbol eq 'x", 400],
      ['$filter=missing eq 1', 400],
      ['$filter=price', 400],
      ['$filter=day eq 2026-02-30', 400],
      ['$top=1e18', 400],
      ['$orderby=symbol sideways', 400],
    ] as const) {
      const response = await get(`prices?${query}`);
      expect([query, response.status]).toEqual([query, status]);
      const { error }: any = await response.json();
      expect(error).toMatchObject({
        code: expect.any(String),
        message: expect.any(String),
      });
      expect(JSON.stringify(error)).not.toMatch(/\bat .*\.[jt]s/);
    }
    for (const path of [
      '$all',
      '$batch',
      '$crossjoin(prices)',
      'numbers(1)(2)',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 501]);
  });

  it('odata/11 refuses unknown options with "$", and tolerates those of clients', async () => {
    expect(await values('prices?apikey=1&days=1')).toHaveLength(4);
    for (const wrong of [
      ...['$nothing=1', 'days=many', 'Days=1', 'dys=1', 'asOf=2026-01-01'],
      'filter=price gt 1',
    ])
      expect((await get(`prices?${wrong}`)).status).toBe(400);
  });

  it('odata/12 reads single rows by their key', async () => {
    const key = (symbol: string) =>
      `prices(symbol='${encodeURIComponent(
        symbol.replaceAll("'", "''"),
      )}',day=2026-01-01)`;
    for (const symbol of ['AAPL', 'BRK/B', "O'Neil", 'S&P 500, +1%'])
      expect(await json(key(symbol))).toMatchObject({ symbol });
    expect(
      await json('prices(day=2026-01-01,symbol=%27AAPL%27)'),
    ).toMatchObject({
      note: 'AAPL on day 0',
    });
    expect((await get(key('X'))).status).toBe(404);
    expect((await get("prices('AAPL')")).status).toBe(400);
    expect(await json('numbers(3)')).toMatchObject({ RowId: 3, value: 2 });
    expect(await json('numbers(@row)?@row=%2B3')).toMatchObject({ RowId: 3 });
    expect((await get('numbers(@row)?@row=x')).status).toBe(400);
    expect(await json(`${key('AAPL')}/note`)).toMatchObject({
      value: 'AAPL on day 0',
    });
    const raw = await get(`${key('AAPL')}/price/$value`);
    expect(raw.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await raw.text()).toBe('0.1234');
    expect(
      (await get("prices(symbol='AAPL',day=2026-01-02)/volume")).status,
    ).toBe(204);
    expect((await get(`${key('AAPL')}/missing`)).status).toBe(404);
    expect((await get('missing')).status).toBe(404);
  });

  it('odata/13 writes every type', async () => {
    const text = await (await get('everything(2)')).text();
    const [, row] = /"@odata.context":"[^"]*",(.*)}$/s.exec(text) ?? [];
    expect(row).toBe(
      [
        '"id":2',
        '"isOpen":false',
        '"ratio":0.1',
        '"exact":12345678901234567890.123456789',
        '"amount":"45.50 EUR"',
        '"text":"Größe \\"x\\"\\n\\t☃"',
        '"day":"2026-01-31"',
        '"at":"2026-01-31T21:30:00.123Z"',
        '"time":"10:30:00"',
        '"lasts":"PT69120005.5S"',
        '"kind":"a"',
        '"parts":"[9007199254740993,2]"',
        '"unit_price":1e+20',
      ].join(','),
    );
  });

  it('rejects decimals that it would round', async () => {
    expect(await values('exact?digits=12')).toEqual([
      { RowId: 1, value: 1.000000000001 },
    ]);
    const refused = await get('exact?digits=13');
    expect(refused.status).toBe(502);
    expect(((await refused.json()) as any).error.message).toBe(
      'The result of exact does not match its contract: 1.0000000000001 has more than 12 decimals; contact the owners of the app',
    );
  });

  it('odata/14 turns names of columns into identifiers, with no annotation but descriptions', async () => {
    const xml = await (await get('$metadata')).text();
    expect(xml).toMatch(
      /<Property Name="unit_price"[^>]*><Annotation Term="Org.OData.Core.V1.Description" String="unit price"\/>/,
    );
    const terms = [...xml.matchAll(/Term="([^"]*)"/g)].map(([, term]) => term);
    expect(new Set(terms)).toEqual(new Set(['Org.OData.Core.V1.Description']));
    expect(xml).not.toContain('NavigationProperty');
    expect(await values('everything?$filter=unit_price eq 1e20')).toHaveLength(
      2,
    );
  });

  it('odata/15 names the content type of every response', async () => {
    for (const path of [
      '',
      'prices',
      'missing',
      'prices?$filter=(',
      '$metadata',
      '../../../none',
    ])
      expect([path, (await get(path)).headers.get('content-type')]).toEqual([
        path,
        expect.stringMatching(/^application\/(json|xml)/),
      ]);
  });

  it('odata/16 is read-only, and knows unchanged rows', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await get('prices', {}, method);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    }
    expect((await get('prices', {}, 'OPTIONS')).headers.get('allow')).toBe(
      'GET, HEAD, OPTIONS',
    );
    const head = await get('prices', {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    const etag = head.headers.get('etag')!;
    const again = await get('prices', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get('prices?days=2', { 'if-none-match': etag })).status).toBe(
      200,
    );
    const { headers } = await get('changing');
    const before = { 'if-none-match': headers.get('etag')! };
    expect((await get('changing', before)).status).toBe(200);
  });
});
