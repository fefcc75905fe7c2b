import { parse } from 'csv-parse/sync';
import { tableFromIPC } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import { readSheet } from 'read-excel-file/node';
import { basicLogin, json } from './calls';
import { expectClose, expectEqual, expectStatus } from './expect';
import { annualisedVolatility, independentPrices } from './independentPrices';
import type { Playbook } from './Playbook';

const draftSeconds = 120;

interface PriceRow {
  symbol: string;
  date: string;
  price: number;
  monthly_return: number | null;
}

/** Reads the app through the gateway and compares its rows with those computed from the data. */
export async function checkGateway(
  play: Playbook,
  {
    address,
    marker,
    token,
  }: { address: string; marker: number; token: string },
): Promise<void> {
  const read = (path: string, secret?: string, accept = 'application/json') =>
    fetch(`${address}/${path}`, {
      headers: {
        accept,
        ...(secret && { authorization: basicLogin('tom', secret) }),
      },
    });

  await play.step(
    'The gateway rejects a missing or wrong token with 401',
    async () => {
      await expectStatus(await read('prices'), 401);
      await expectStatus(await read('prices', 'bwk_wrong'), 401);
    },
  );
  await play.step(
    "The pushed edit runs: the gateway serves Bea's new function",
    () =>
      play.eventually('The edited draft', draftSeconds, async () => {
        const { value } = await json<{ value: number }>(read('marker', token));
        return value === marker || undefined;
      }),
  );
  await play.step(
    'Tom reads prices as JSON; they match the data file',
    async () => {
      const query = 'prices?symbols=AAPL&start=2009-01&end=2009-12';
      const { rows } = await json<{ rows: PriceRow[] }>(read(query, token));
      const expected = independentPrices('AAPL', '2009-01', '2009-12');
      expectEqual(rows.length, expected.length, 'The row count');
      expected.forEach((row, index) => {
        expectEqual(rows[index].date.slice(0, 10), row.date, 'A date');
        expectClose(rows[index].price, row.price, 'A price');
        expectClose(
          rows[index].monthly_return ?? NaN,
          row.monthly_return ?? NaN,
          'A return',
        );
      });
    },
  );
  await play.step(
    'Tom reads the volatility; it matches the data file',
    async () => {
      const { rows } = await json<{ rows: Record<string, number>[] }>(
        read('summary?symbols=IBM&start=2008-01&end=2009-12', token),
      );
      const prices = independentPrices('IBM', '2008-01', '2009-12');
      const returns = prices
        .slice(1)
        .map((row, index) => row.price / prices[index].price - 1);
      expectClose(
        rows[0].volatility,
        annualisedVolatility(returns),
        'The volatility',
      );
      expectClose(
        rows[0].total_return,
        prices.at(-1)!.price / prices[0].price - 1,
        'The total return',
      );
    },
  );
  await play.step('Tom reads the same prices as CSV', async () => {
    const response = await expectStatus(
      await read(
        'prices?symbols=MSFT&start=2005-01&end=2005-03',
        token,
        'text/csv',
      ),
      200,
    );
    const rows: Record<string, string>[] = parse(await response.text(), {
      columns: true,
    });
    const expected = independentPrices('MSFT', '2005-01', '2005-03');
    expectEqual(
      rows.map(({ price }) => Number(price)),
      expected.map(({ price }) => price),
      'The prices',
    );
  });
  await play.step(
    'Tom reads the same prices as JSON Lines, Excel, Arrow and Parquet',
    async () => {
      const expected = independentPrices('MSFT', '2005-01', '2005-03');
      const file = async (suffix: string) => {
        const path = `prices.${suffix}?symbols=MSFT&start=2005-01&end=2005-03`;
        const response = await expectStatus(await read(path, token), 200);
        return Buffer.from(await response.arrayBuffer());
      };
      const lines = (await file('jsonl')).toString().trim().split('\n');
      const [names, ...cells] = await readSheet(await file('xlsx'));
      const parquet = Uint8Array.from(await file('parquet')).buffer;
      const results = {
        'JSON Lines': lines.map(line => JSON.parse(line).price),
        Arrow: tableFromIPC(await file('arrow'))
          .toArray()
          .map(({ price }) => price),
        Excel: cells.map(row => row[names.indexOf('price')]),
        Parquet: (await parquetReadObjects({ file: parquet })).map(
          ({ price }) => price,
        ),
      };
      for (const [format, prices] of Object.entries(results))
        expectEqual(
          prices,
          expected.map(({ price }) => price),
          `The prices as ${format}`,
        );
    },
  );
  await play.step(
    'Tom reads the same prices as OData, filtered and sorted by the gateway',
    async () => {
      const odata = address.replace('/v1/', '/odata/v1/');
      const expected = independentPrices('MSFT', '2005-01', '2005-12')
        .map(({ price }) => price)
        .filter(price => price > 22)
        .sort((one, other) => other - one);
      const query = new URLSearchParams({
        symbols: 'MSFT',
        start: '2005-01',
        end: '2005-12',
        $filter: 'price gt 22',
        $orderby: 'price desc',
        $count: 'true',
      });
      const page = await json<{ '@odata.count': number; value: PriceRow[] }>(
        fetch(`${odata}/prices?${query}`, {
          headers: { authorization: basicLogin('tom', token) },
        }),
      );
      expectEqual(page['@odata.count'], expected.length, 'The count');
      expectEqual(
        page.value.map(({ price }) => price),
        expected,
        'The prices',
      );
    },
  );
  await play.step('An unknown share is rejected with a message', async () => {
    const response = await read('prices?symbols=NOPE', token);
    const { error } = await response.json();
    expectEqual(response.status, 400, 'The status');
    expectEqual(/NOPE/.test(error.message), true, 'The message naming NOPE');
  });
  await play.step('The gateway serves an OpenAPI document', async () => {
    const document = await json<{ paths: object }>(read('openapi.json', token));
    expectEqual(
      Object.keys(document.paths).sort(),
      ['/marker', '/prices', '/summary'],
      'The paths',
    );
  });
}
