import { virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import { eventually } from '@bailiwick/backstage-testing';
import { tableFromIPC } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSheet } from 'read-excel-file/node';
import { ODataService } from './__testUtils__/ODataService';
import { aGrant } from './__testUtils__/objects';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const program = join(import.meta.dirname, '__fixtures__/clients/read_file.py');

integration('files of tables', () => {
  let folder: string;
  let service: ODataService;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bailiwick-files-'));
    service = await ODataService.start();
  }, 120_000);

  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  afterEach(() => {
    service.grant = aGrant();
    service.app.spec.delivery.csv = true;
    service.reads.length = 0;
  });

  const get = (path: string, headers?: Record<string, string>) =>
    service.fetch(
      new URL(`/v1/desk/prod/feed/${path}`, service.root).href,
      headers,
    );
  const bytesOf = async (path: string) => {
    const response = await get(path);
    if (!response.ok) throw new Error(await response.text());
    return Buffer.from(await response.arrayBuffer());
  };
  /** Reads a file with openpyxl or pyarrow. */
  const pythonReads = async (path: string): Promise<any> => {
    const file = join(folder, path.replace(/\?.*/, ''));
    writeFileSync(file, await bytesOf(path));
    const python = join(await virtualEnvironment(), 'bin/python');
    const { stdout } = await promisify(execFile)(python, [program, file]);
    return JSON.parse(stdout);
  };

  it('delivers workbooks that openpyxl reads, with types and number formats', async () => {
    const { about, formats, frozen, rows, sheets, types } = await pythonReads(
      'everything.xlsx',
    );
    expect(sheets).toEqual(['everything', 'About this table']);
    expect(frozen).toBe('A2');
    expect(Object.fromEntries(rows[0].map(pair(rows[2])))).toEqual({
      id: '2',
      isOpen: 'False',
      ratio: '0.1',
      exact: '12345678901234567890.123456789',
      amount: '45.50 EUR',
      text: 'Größe "x"\n\t☃',
      day: '2026-01-31 00:00:00',
      at: '2026-01-31 21:30:00.123000',
      time: '10:30:00',
      lasts: '800 days, 0:00:05.500000',
      kind: 'a',
      parts: '[9007199254740993,2]',
      'unit price': '1e+20',
    });
    expect(rows[1][2]).toBe('None');
    expect(Object.fromEntries(rows[0].map(pair(types)))).toMatchObject({
      id: 'n',
      isOpen: 'b',
      day: 'd',
      at: 'd',
      time: 'd',
      text: 's',
      amount: 's',
    });
    expect(Object.fromEntries(rows[0].map(pair(formats)))).toMatchObject({
      day: 'yyyy-mm-dd',
      lasts: '[h]:mm:ss',
    });
    expect(about).toEqual(
      expect.arrayContaining([
        ['App', 'feed', null, null],
        ['Environment', 'prod', null, null],
        ['Rows', '2', null, null],
        ['Column', 'Title', 'Unit', 'Description'],
      ]),
    );
  });

  it('writes what a spreadsheet would change, hide or carry out as the text that it is', async () => {
    const { formats, rows, types } = await pythonReads('odd.xlsx');
    const read = rows.slice(1);
    expect(column(read, 0).slice(0, 2)).toEqual(['=1+1', '<b>&amp;']);
    expect(types[0]).toBe('s');
    expect(read[5][0]).toBe(' spaces ');
    expect(formats[2]).toBe('0.00');
    expect(column(read, 1)).toEqual([
      '999999999999999',
      '1000000000000001',
      '-9007199254740993',
      '0',
      '-5',
      '1000000000000000000',
      '1',
    ]);
    expect(column(read, 3).slice(0, 4)).toEqual([
      '1899-12-31',
      '1900-02-28',
      '1900-03-01 00:00:00',
      '2026-01-31 00:00:00',
    ]);
    expect(column(read, 4).slice(0, 2)).toEqual([
      '-PT108000S',
      '1 day, 6:00:00',
    ]);
    // The standard's own decoding of characters that XML has not.
    const sheet = await readSheet(await bytesOf('odd.xlsx'));
    expect(sheet[0]).toEqual(['name', 'whole', 'number', 'day', 'lasts']);
    const raw = (await rawSheet('odd.xlsx')).replaceAll(/<[^>]*>/g, '|');
    expect(raw).toContain('|two_x000D_\nlines\tand a tab|');
    expect(raw).toContain('|bell_x0007_|');
    expect(raw).toContain('|_x005F_x0041_|');
  });

  it('delivers workbooks that read-excel-file reads', async () => {
    const [names, ...rows] = await readSheet(await bytesOf('prices.xlsx'));
    expect(names).toEqual(['symbol', 'day', 'price', 'volume', 'note']);
    expect(rows).toHaveLength(12);
    expect(rows[4]).toEqual([
      'BRK/B',
      new Date('2026-01-02'),
      101.1234,
      null,
      'BRK/B on day 1',
    ]);
    // More than 15 digits, which Excel would round.
    expect(rows[0][3]).toBe('9007199254740993');
    expect(await readSheet(await bytesOf('prices.xlsx?days=0'))).toHaveLength(
      1,
    );
  });

  it('delivers Parquet that pyarrow reads, with exact types', async () => {
    const { rows, types } = await pythonReads('everything.parquet');
    expect(types).toEqual({
      id: 'int64',
      isOpen: 'bool',
      ratio: 'double',
      exact: 'decimal128(38, 12)',
      amount: 'string',
      text: 'string',
      day: 'date32[day]',
      at: 'timestamp[us, tz=UTC]',
      time: 'time64[us]',
      lasts: 'string',
      kind: 'string',
      parts: 'string',
      'unit price': 'double',
    });
    expect(rows[1]).toEqual({
      id: '2',
      isOpen: 'False',
      ratio: '0.1',
      exact: '12345678901234567890.123456789000',
      amount: '45.50 EUR',
      text: 'Größe "x"\n\t☃',
      day: '2026-01-31',
      at: '2026-01-31 21:30:00.123000+00:00',
      time: '10:30:00',
      lasts: 'PT69120005.5S',
      kind: 'a',
      parts: '[9007199254740993,2]',
      'unit price': '1e+20',
    });
  });

  it('delivers Arrow that pyarrow reads, with exact types', async () => {
    const { rows, types } = await pythonReads('everything.arrow');
    expect(types).toEqual({
      id: 'int64',
      isOpen: 'bool',
      ratio: 'double',
      exact: 'decimal128(38, 12)',
      amount: 'string',
      text: 'string',
      day: 'date32[day]',
      at: 'timestamp[us, tz=UTC]',
      time: 'time64[us]',
      lasts: 'duration[us]',
      kind: 'string',
      parts: 'string',
      'unit price': 'double',
    });
    expect(rows[1]).toEqual({
      id: '2',
      isOpen: 'False',
      ratio: '0.1',
      exact: '12345678901234567890.123456789000',
      amount: '45.50 EUR',
      text: 'Größe "x"\n\t☃',
      day: '2026-01-31',
      at: '2026-01-31 21:30:00.123000+00:00',
      time: '10:30:00',
      lasts: '800 days, 0:00:05.500000',
      kind: 'a',
      parts: '[9007199254740993,2]',
      'unit price': '1e+20',
    });
  });

  it('delivers Arrow that apache-arrow reads, in batches', async () => {
    const table = tableFromIPC(await bytesOf('numbers.arrow'));
    expect(table.batches.map(({ numRows }) => numRows)).toEqual([
      65_536, 54_464,
    ]);
    expect(table.get(119_999)?.toJSON()).toMatchObject({
      value: 119_999n,
      word: 'number 999',
    });
  });

  it('delivers Arrow by the Accept header, and records its rows', async () => {
    const type = 'application/vnd.apache.arrow.stream';
    const response = await get('prices?days=2', { accept: type });
    expect(response.headers.get('content-type')).toBe(type);
    const table = tableFromIPC(await response.arrayBuffer());
    await eventually('The read is recorded', () => service.reads.length > 0);
    expect(service.reads).toMatchObject([
      { format: type, rows: table.numRows, status: 200 },
    ]);
  });

  it('refuses rows that do not match the contract before the first byte of Arrow', async () => {
    const [response, asJson] = [await get('wrong.arrow'), await get('wrong')];
    expect(response.status).toBe(asJson.status);
    const { error } = await response.json();
    expect(error.message).toContain("column 'price' of row 1");
    expect((await asJson.json()).error.message).toBe(error.message);
  });

  it('delivers Parquet that hyparquet reads, in the order of the function', async () => {
    const file = Uint8Array.from(await bytesOf('numbers.parquet')).buffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(120_000);
    expect(rows.map(({ value }) => Number(value))).toEqual(
      Array.from({ length: 120_000 }, (_, index) => index),
    );
    expect(rows[7]).toMatchObject({ square: 49, word: 'number 7' });
  });

  it('calls a function once for all who ask meanwhile, and gives them the same file', async () => {
    const files = await Promise.all(
      Array.from({ length: 4 }, () => bytesOf('changing.parquet')),
    );
    for (const file of files) expect(file.equals(files[0])).toBe(true);
  });

  it('names, records and counts a file', async () => {
    const response = await get('prices.xlsx', { 'user-agent': 'Test/1' });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type':
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="prices.xlsx"',
      'x-content-type-options': 'nosniff',
    });
    const size = (await response.arrayBuffer()).byteLength;
    expect(service.reads).toMatchObject([
      { fn: 'prices', rows: 12, bytes: size, status: 200, agent: 'Test/1' },
    ]);
    const asked = await get('prices', {
      accept: 'application/vnd.apache.parquet',
    });
    expect(asked.headers.get('content-disposition')).toBeNull();
    expect(Buffer.from(await asked.arrayBuffer()).subarray(0, 4)).toEqual(
      Buffer.from('PAR1'),
    );
  });

  it('respects grants, and shows no parameter that a grant fixes', async () => {
    service.grant = aGrant({ functions: ['prices'], presets: { days: 1 } });
    expect((await get('secret.parquet')).status).toBe(403);
    expect((await get('prices.xlsx?days=2')).status).toBe(403);
    const { about, rows } = await pythonReads('prices.xlsx');
    expect(rows).toHaveLength(5);
    expect(about).toContainEqual(['Parameters', '{}', null, null]);
    service.app.spec.delivery.csv = false;
    expect((await get('prices.xlsx')).status).toBe(406);
    expect((await get('prices.parquet')).status).toBe(200);
  });

  it.each([
    ['broken.parquet', 500, 'function-failed'],
    ['broken.xlsx', 500, 'function-failed'],
    ['exact.parquet', 502, 'has more than 12 decimals'],
    ['mean.xlsx', 406, 'is not available in this format; available: .json'],
    ['twins.parquet', 406, 'is not available in this format; available: .json'],
    ['notes.xlsx?length=40000', 413, 'a value with 40000 characters'],
    ['prices.xlsx?days=x', 400, 'days'],
    ['prices.xls', 406, '.xlsx'],
  ])('refuses %s before the first byte', async (path, status, message) => {
    const response = await get(path);
    expect(await response.text()).toContain(message);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });

  /** Returns the XML of the first sheet. */
  async function rawSheet(path: string): Promise<string> {
    const file = join(folder, 'raw.xlsx');
    writeFileSync(file, await bytesOf(path));
    const python = join(await virtualEnvironment(), 'bin/python');
    const code =
      'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml"))';
    return (await promisify(execFile)(python, ['-c', code, file])).stdout;
  }
});

function pair<T>(values: readonly T[]) {
  return (name: string, index: number): [string, T] => [name, values[index]];
}

function column(rows: string[][], index: number): string[] {
  return rows.map(row => row[index]);
}
