import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { viewResult } from './viewResult';

const at = new Date('2026-11-20T08:00:00Z');
const prices: ContractFunction = {
  name: 'prices',
  parameters: {},
  result: {
    kind: 'table',
    columns: [
      { name: 'symbol', type: 'Symbol' },
      { name: 'price', type: 'Money' },
    ],
  },
};
const mean: ContractFunction = {
  name: 'mean',
  parameters: {},
  result: { kind: 'value' },
};

describe('viewResult', () => {
  it('returns the first five rows, and only the columns of the contract', () => {
    const rows = Array.from({ length: 7 }, (_, price) => ({
      price,
      symbol: 'IBM',
      secret: 'x',
    }));
    const view = viewResult(prices, { rows, count: 700 }, at);
    expect(view).toEqual({
      at: '2026-11-20T08:00:00.000Z',
      count: 700,
      first: 1,
      rows: [0, 1, 2, 3, 4].map(price => ({ symbol: 'IBM', price })),
    });
  });

  it('returns rows from the middle if those at the beginning lack values', () => {
    const rows = Array.from({ length: 20 }, (_, month) => ({
      symbol: 'IBM',
      price: month < 12 ? null : month,
    }));
    const view = viewResult(prices, { rows }, at);
    expect(view.first).toBe(13);
    expect(view.rows?.map(({ price }) => price)).toEqual([12, 13, 14, 15, 16]);
    const without = rows.map(({ symbol }) => ({ symbol }));
    expect(viewResult(prices, { rows: without }, at).first).toBe(1);
  });

  it('draws all rows where the key has times', () => {
    const rows = Array.from({ length: 7 }, (_, month) => ({
      symbol: `2026-0${month + 1}`,
      price: month,
    }));
    const keyed = { ...prices, result: { ...prices.result, key: ['symbol'] } };
    const { chart } = viewResult(keyed, { rows }, at);
    expect(chart?.range).toEqual(['2026-01', '2026-07']);
    expect(viewResult(prices, { rows }, at)).not.toHaveProperty('chart');
  });

  it('shortens texts and writes objects as text', () => {
    const rows = [{ symbol: 'x'.repeat(500), price: { amount: 1 } }];
    const { rows: [row] = [] } = viewResult(prices, { rows }, at);
    expect(row.symbol).toHaveLength(201);
    expect(row.price).toBe('{"amount":1}');
  });

  it('returns a value unchanged', () => {
    expect(viewResult(mean, { value: 42 }, at).value).toBe(42);
    expect(viewResult(mean, { value: null }, at).value).toBeNull();
  });

  it.each(['<html>', { rows: 'many' }, null])('refuses %j', answer => {
    expect(() => viewResult(prices, answer, at)).toThrow(
      'Function "prices" returned no readable result',
    );
  });
});
