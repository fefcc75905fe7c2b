import { compareResults } from './compareResults';

const result = (...rows: Record<string, string | number | null>[]) => ({
  at: '2026-11-20T08:00:00Z',
  rows,
});

describe('compareResults', () => {
  it('matches rows by key', () => {
    const before = result(
      { symbol: 'AAPL', price: 1 },
      { symbol: 'IBM', price: 2 },
      { symbol: 'MSFT', price: 3 },
    );
    const now = result(
      { symbol: 'MSFT', price: 3 },
      { symbol: 'IBM', price: 2.5 },
      { symbol: 'AMZN', price: 4 },
    );
    expect(compareResults(now, before, ['symbol'])).toEqual({
      rows: [{}, { price: 2 }, 'new'],
      changed: 1,
      added: 1,
      removed: 1,
    });
  });

  it('compares by position without a key, and only columns that are there', () => {
    expect(
      compareResults(
        result({ price: 1, mean: 2 }, { price: 3, mean: null }),
        result({ price: 1, old: 5 }, { price: 3, old: 5 }),
      ),
    ).toMatchObject({ rows: [{ mean: null }, {}], changed: 1, removed: 0 });
  });

  it.each([
    ['repeated', [1, 1], [1, 1]],
    ['missing before', [1, 2], [undefined, undefined]],
  ])('compares by position if the key is %s', (_, now, before) => {
    const rowsOf = (keys: (number | undefined)[], price: number) =>
      result(...keys.map(id => ({ ...(id !== undefined && { id }), price })));
    expect(
      compareResults(rowsOf(now, 2), rowsOf(before, 1), ['id']),
    ).toMatchObject({ added: 0, removed: 0 });
  });

  it('tells missing values from others', () => {
    expect(
      compareResults(result({ price: 0 }), result({ price: null })),
    ).toMatchObject({ rows: [{ price: null }], changed: 1 });
  });
});
