import { pictureOf } from './pictureOf';

const months = ['2009-01', '2009-02', '2009-03', '2009-04'];

describe('pictureOf', () => {
  it('draws a line for each group of a result with times', () => {
    const rows = ['A', 'B'].flatMap((symbol, group) =>
      months.map((date, index) => ({ symbol, date, price: group + index })),
    );
    const picture = pictureOf(rows, ['symbol', 'date']);
    expect(picture).toMatchObject({
      kind: 'chart',
      x: 'date',
      y: 'price',
      range: ['2009-01', '2009-04'],
      series: [{ name: 'A' }, { name: 'B' }],
    });
    expect(picture.kind === 'chart' && picture.series[1].points[3]).toEqual({
      x: Date.UTC(2009, 3),
      y: 4,
    });
  });

  it('draws a line over increasing numbers of a key', () => {
    const rows = [1, 2, 5, 10].map(maturity => ({
      maturity,
      rate: 1 / maturity,
    }));
    expect(pictureOf(rows, ['maturity'])).toMatchObject({
      kind: 'chart',
      x: 'maturity',
      y: 'rate',
    });
  });

  it('draws along the key column that varies, beside one that does not', () => {
    const rows = [0.5, 1, 2, 5].map(maturity => ({
      curve_date: '2025-12-31',
      maturity,
      rate: 1 / maturity,
    }));
    expect(pictureOf(rows, ['curve_date', 'maturity'])).toMatchObject({
      kind: 'chart',
      x: 'maturity',
      y: 'rate',
      range: [0.5, 5],
      series: [{ name: '2025-12-31' }],
    });
  });

  it('draws the values that vary, not a plan that hardly does', () => {
    const rows = [...months, '2009-05', '2009-06'].map((start, index) => ({
      start,
      planned: index === 0 ? 30 : 60,
      energy: index * 1.5,
      produced: index * 7,
    }));
    expect(pictureOf(rows, ['start'])).toMatchObject({ y: 'energy' });
  });

  it('keeps a gap where a value is missing', () => {
    const rows = months.map((date, index) => ({
      date,
      price: index === 1 ? null : index,
    }));
    expect(pictureOf(rows, ['date'])).toMatchObject({
      series: [{ points: [{ y: 0 }, { y: null }, { y: 2 }, { y: 3 }] }],
    });
  });

  it.each([
    ['no column is ordered', months.map(item => ({ item: `${item}!`, n: 1 }))],
    ['times go back', months.toReversed().map((item, n) => ({ item, n }))],
    ['no other column has numbers', months.map(item => ({ item, n: 'a' }))],
    ['all numbers are equal', months.map(item => ({ item, n: 7 }))],
    ['there are three points', months.slice(1).map((item, n) => ({ item, n }))],
    ['a time is none', ['2009-13', ...months].map((item, n) => ({ item, n }))],
  ])('shows a table when %s', (_name, rows) => {
    expect(pictureOf(rows, ['item']).kind).toBe('table');
  });

  it('shows a table when few rows belong to groups that are long enough', () => {
    const rows = [...'GGGGabcdef'].map((base, line) => ({
      base,
      line,
      n: line,
    }));
    expect(pictureOf(rows, ['base', 'line']).kind).toBe('table');
  });

  it('shows a table when the ordered column is not in the key', () => {
    const rows = months.map((date, price) => ({ date, price }));
    expect(pictureOf(rows, []).kind).toBe('table');
  });

  it('shows three rows and columns, key first and empty columns never', () => {
    const row = { note: null, a: 1, b: 2, id: 'x', c: 3 };
    expect(pictureOf(Array(9).fill(row), ['id'])).toEqual({
      kind: 'table',
      columns: ['id', 'a', 'b'],
      rows: Array(3).fill(['x', 1, 2]),
    });
  });

  it('is an empty table without rows', () => {
    expect(pictureOf([], ['id'])).toEqual({
      kind: 'table',
      columns: [],
      rows: [],
    });
  });
});
