import {
  appsScript,
  officeConnection,
  powerQuery,
  qlikScript,
  type ConnectionSource,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { DefaultSettings, TaskUtils } from '@microsoft/powerquery-parser';
import { XMLParser } from 'fast-xml-parser';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SheetsHost } from './__testUtils__/SheetsHost';
import { ODataService } from './__testUtils__/ODataService';
import { aGrant, token } from './__testUtils__/objects';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('files and scripts that connect tools with a table', () => {
  let service: ODataService;

  beforeAll(async () => {
    service = await ODataService.start();
  }, 120_000);

  afterAll(() => service?.stop(), 30_000);

  afterEach(() => {
    service.grant = aGrant();
  });

  function sourceOf(name: string, query = ''): ConnectionSource {
    const [{ contract }] = service.app.status!.environments!;
    const { origin } = new URL(service.root);
    return {
      app: 'feed',
      fn: contract!.functions.find(fn => fn.name === name)!,
      address: `${origin}/v1/desk/prod/feed/${name}`,
      service: service.root,
      query,
    };
  }

  /** Returns the texts of a query in M. @throws Error when it is no M */
  async function readM(text: string): Promise<string[]> {
    const task = await TaskUtils.tryLexParse(DefaultSettings, text);
    if (!TaskUtils.isParseStageOk(task)) throw new Error(`No M: ${text}`);
    return task.lexerSnapshot.tokens
      .filter(({ kind }) => kind === 'TextLiteral')
      .map(({ data }) =>
        data.slice(1, -1).replaceAll('""', '"').replaceAll('#(#)(', '#('),
      );
  }

  it('reads a table with the query in M', async () => {
    const [address] = await readM(powerQuery(sourceOf('prices', '?days=1')));
    expect(await service.rows(address)).toHaveLength(4);
    const [required] = await readM(
      powerQuery(sourceOf('quotes', '?symbols=AAPL')),
    );
    expect(await service.rows(required)).toHaveLength(3);
  });

  it('quotes what M would interpret', async () => {
    const source = sourceOf('prices', '?note="#(lf)"');
    expect(await readM(powerQuery(source))).toContain(
      `${service.root}prices?note="#(lf)"`,
    );
  });

  it('opens in Excel as a connection with the same query', async () => {
    const source = sourceOf('prices', '?days=2&note="<1>"');
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      trimValues: false,
    });
    const { html } = parser.parse(officeConnection(source), true);
    const connection = html.head.xml.find(
      ({ id }: { id: string }) => id === 'msodc',
    )['odc:OfficeDataConnection'];
    expect(connection['odc:PowerQueryConnection']).toMatchObject({
      'odc:ConnectionString':
        'Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=prices;Extended Properties=""',
      'odc:CommandText': 'SELECT * FROM [prices]',
    });
    const { Mashup } = parser.parse(
      connection['odc:PowerQueryMashupData'],
      true,
    );
    expect(Mashup.xmlns).toBe('http://schemas.microsoft.com/DataMashup');
    expect(Mashup.Items.Query).toMatchObject({
      Name: 'prices',
      Formula: powerQuery(source),
    });
  });

  it('fills a sheet of Google Sheets, without formulas', async () => {
    const sheets = new SheetsHost(appsScript(sourceOf('odd')));
    await sheets.run('onOpen');
    expect([...sheets.menu.keys()]).toEqual(['Refresh', 'Enter token']);
    const refresh = sheets.menu.get('Refresh')!;
    await expect(sheets.run(refresh)).rejects.toThrow('Choose Enter token');
    sheets.input = ` ${token} `;
    await sheets.run(sheets.menu.get('Enter token')!);
    await sheets.run(refresh);
    await sheets.run(refresh);
    const [names, first, ...others] = sheets.sheets.get('odd')!;
    expect(names).toEqual(['name', 'whole', 'number', 'day', 'lasts']);
    expect(first.slice(0, 4)).toEqual([
      { text: '=1+1' },
      999_999_999_999_999,
      0,
      { date: '1899-12-31' },
    ]);
    expect(others).toHaveLength(6);
    expect(others.at(-1)![0]).toEqual({ text: '00123' });
    expect(JSON.stringify(sheets.sheets.get('odd'))).not.toContain('formula');
  });

  it('keeps texts whose word is Date or Decimal as texts in Google Sheets', async () => {
    for (const word of ['Date', 'Decimal']) {
      const source = sourceOf('odd');
      const [name, ...columns] = source.fn.result.columns!;
      const sheets = new SheetsHost(
        appsScript({
          ...source,
          fn: {
            ...source.fn,
            result: {
              ...source.fn.result,
              columns: [{ ...name, type: word }, ...columns],
            },
          },
        }),
      );
      sheets.input = token;
      await sheets.run('enterToken');
      await sheets.run('refresh');
      const cells = JSON.stringify(sheets.sheets.get('odd'));
      expect(cells).not.toContain('formula');
      expect(cells).not.toContain('null');
    }
  });

  it('has decimals as numbers in Google Sheets, and the message of the gateway', async () => {
    const sheets = new SheetsHost(appsScript(sourceOf('prices', '?days=1')));
    sheets.input = token;
    await sheets.run('enterToken');
    await sheets.run('refresh');
    expect(sheets.sheets.get('prices')![1].slice(0, 3)).toEqual([
      { text: 'AAPL' },
      { date: '2026-01-01' },
      0.1234,
    ]);
    expect(sheets.properties.size).toBe(1);
    service.grant = aGrant({ functions: ['mean'] });
    await expect(sheets.run('refresh')).rejects.toThrow(
      'prices: This token is for mean',
    );
  });

  it('reads several tables with one token, which other parameters do not change', async () => {
    const others = (source: ConnectionSource) =>
      /const tables = \[\n([^]*?)\n\];/.exec(appsScript(source))![1];
    const script = appsScript(sourceOf('prices', '?days=1'));
    const sheets = new SheetsHost(
      script.replace(others(sourceOf('prices', '?days=1')), entries =>
        [entries, others(sourceOf('odd'))].join('\n'),
      ),
    );
    sheets.input = token;
    await sheets.run('enterToken');
    await sheets.run('refresh');
    expect([...sheets.sheets.keys()].sort()).toEqual(['odd', 'prices']);
    const again = new SheetsHost(appsScript(sourceOf('prices', '?days=2')));
    for (const [name, value] of sheets.properties)
      again.properties.set(name, value);
    await again.run('refresh');
    expect(again.sheets.get('prices')).toHaveLength(9);
  });

  it('has a reason in Google Sheets if a proxy answers for the gateway', async () => {
    const proxy = createServer((_request, response) => {
      response.writeHead(502).end('<html>Bad gateway</html>');
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const source = { ...sourceOf('odd'), address: `http://127.0.0.1:${port}/` };
    const sheets = new SheetsHost(appsScript(source));
    sheets.input = token;
    await sheets.run('enterToken');
    await expect(sheets.run('refresh')).rejects.toThrow('returned status 502');
    proxy.close();
  });

  it('selects the fields of the rows in a load script of Qlik', async () => {
    const source = sourceOf('prices');
    const statements = qlikScript(source)
      .split(/;\s*/)
      .map(statement => statement.replace(/\s+/g, ' ').trim());
    expect(statements).toHaveLength(5);
    const [connect, select, load, drop, end] = statements;
    expect([connect, drop, end]).toEqual([
      "LIB CONNECT TO 'feed-prices'",
      'DROP TABLE RestConnectorMasterTable',
      '',
    ]);
    const [, inner] =
      /\(SELECT (.*) FROM "rows" FK "__FK_rows"\) FROM JSON \(wrap on\) "root" PK "__KEY_root"$/.exec(
        select,
      )!;
    const { rows } = await service.json(`${source.address}.json`);
    const columns = Object.keys(rows[0]);
    expect(inner.split(', ')).toEqual(
      [...columns, '__FK_rows'].map(name => `"${name}"`),
    );
    const [, fields] =
      /^\[prices\]: LOAD (.*) RESIDENT RestConnectorMasterTable WHERE NOT IsNull\(\[__FK_rows\]\)$/.exec(
        load,
      )!;
    expect(fields).toBe(
      "[symbol], Date(Date#([day], 'YYYY-MM-DD')) AS [day], Num#([price], '#.#', '.') AS [price], [volume], [note]",
    );
  });
});
