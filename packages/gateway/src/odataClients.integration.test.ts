import { virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import { OData } from '@odata/client';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { o } from 'odata';
import { ODataService } from './__testUtils__/ODataService';
import { basic, token } from './__testUtils__/objects';
import { olingoFolder, runOlingo } from './__testUtils__/olingo';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const olingo = process.env.BAILIWICK_INTEGRATION ? olingoFolder() : undefined;

integration('OData clients of others', () => {
  let service: ODataService;

  beforeAll(async () => {
    service = await ODataService.start();
  }, 120_000);

  afterAll(() => service?.stop(), 30_000);

  it('serves o.js (npm)', async () => {
    const client = o(service.root, {
      headers: { authorization: basic(token) },
    });
    const query = {
      $filter: "contains(symbol,'/') and volume ne null",
      $orderby: 'day desc',
      $select: 'symbol,day',
      $top: 1,
    };
    expect(await client.get('prices').query(query)).toEqual([
      { symbol: 'BRK/B', day: '2026-01-03' },
    ]);
    expect(
      await client.get("prices(symbol='AAPL',day=2026-01-01)/price").query(),
    ).toBe(0.1234);
  });

  // It does not double the quotes in literals.
  it('serves @odata/client (npm)', async () => {
    const client = OData.New4({
      serviceEndpoint: service.root,
      credential: { username: '', password: token },
    });
    const set = client.getEntitySet('prices');
    const filter = client
      .newFilter()
      .property('symbol')
      .eq('BRK/B')
      .property('price')
      .gt(101);
    const found = await set.query(
      client.newParam().filter(filter).orderby('day', 'desc').top(2),
    );
    expect(found).toMatchObject([
      { symbol: 'BRK/B', day: '2026-01-03' },
      { symbol: 'BRK/B', day: '2026-01-02' },
    ]);
    expect(await set.count()).toBe(12);
  });

  it('serves python-odata (PyPI), which builds classes from the metadata', async () => {
    const python = join(await virtualEnvironment(), 'bin/python');
    const program = join(
      import.meta.dirname,
      '__fixtures__/clients/python_odata.py',
    );
    const { stdout } = await promisify(execFile)(python, [
      program,
      service.root,
      token,
    ]);
    expect(JSON.parse(stdout)).toEqual({
      sets: expect.arrayContaining(['everything', 'numbers', 'prices']),
      found: [
        ["O'Neil", '2026-01-03', '202.1234', 9007199254740995],
        ["O'Neil", '2026-01-01', '200.1234', 9007199254740995],
      ],
      numbers: 60_000,
    });
  });

  it('serves the requests that Power Query documents', async () => {
    const ask = (path: string, accept: string, authorization = basic(token)) =>
      fetch(new URL(path, service.root), {
        headers: {
          accept,
          authorization,
          'accept-encoding': 'gzip, deflate',
          'odata-maxversion': '4.0',
          'user-agent': 'Microsoft.Data.Mashup (https://go.microsoft.com/)',
        },
      });
    const firstContact =
      'application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7';
    const minimal = 'application/json;odata.metadata=minimal';
    // The sign-in "Organizational account" asks who issues tokens; the gateway offers Basic instead.
    const { headers, status } = await ask('', firstContact, 'Bearer');
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toMatch(/^Basic realm=/);

    const root: any = await (await ask('', firstContact)).json();
    expect(root.value).toContainEqual(
      expect.objectContaining({ name: 'prices', kind: 'EntitySet' }),
    );
    const metadata = await ask('$metadata', 'application/xml');
    expect(await metadata.text()).toContain('<EntitySet Name="prices"');

    const folded = await ask(
      'prices?$filter=symbol%20eq%20%27BRK%2FB%27&$select=symbol%2Cday&$top=1000',
      minimal,
    );
    const { value }: any = await folded.json();
    expect(value).toHaveLength(3);
    expect(Object.keys(value[0])).toEqual(['symbol', 'day']);
    const count = await ask('numbers/$count', 'text/plain');
    expect(Number(await count.text())).toBeGreaterThan(60_000);
  });

  it('serves Tableau and REST connectors such as that of Qlik, which follow the address of the next page', async () => {
    let url:
      | string
      | undefined = `${service.root}numbers?$filter=value lt 60000`;
    const sizes: number[] = [];
    while (url) {
      const response = await fetch(url, {
        headers: {
          accept: 'application/json',
          authorization: basic(token),
          connection: 'close',
        },
      });
      const page: any = await response.json();
      sizes.push(page.value.length);
      url = page['@odata.nextLink'];
    }
    expect(sizes).toEqual([50_000, 10_000]);
    // Connectors of this kind add parameters of their own to the address.
    const tagged = await fetch(`${service.root}prices?_tag=1&$format=json`, {
      headers: { authorization: basic(token) },
    });
    expect(tagged.status).toBe(200);
  });

  // It encodes neither slashes nor quotes in keys.
  (olingo ? describe : describe.skip)('Apache Olingo (Maven)', () => {
    it('reads the metadata, all pages, and a row by its key', async () => {
      const lines = await runOlingo(olingo!, service.root, token);
      expect(lines.trim().split('\n')).toEqual(
        expect.arrayContaining([
          'set prices [symbol, day]',
          'set numbers [RowId]',
          'rows 60000 pages 2',
          'symbol AAPL',
          'price 2.1234',
        ]),
      );
      // On a busy machine, the virtual machine alone takes half a minute.
    }, 300_000);
  });
});
