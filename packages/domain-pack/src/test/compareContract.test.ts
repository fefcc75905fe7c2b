import { compareContract } from './compareContract';

const promised = [
  {
    name: 'loans',
    result: {
      kind: 'table' as const,
      key: ['isbn'],
      columns: [
        { name: 'isbn', type: 'Isbn' },
        { name: 'loans', type: 'Count' },
      ],
    },
  },
];
const real = (result: object, name = 'loans') =>
  ({ functions: [{ name, parameters: {}, result }] } as never);
const columns = promised[0].result.columns;

describe('compareContract', () => {
  it('is content with what is promised, and with more', () => {
    const more = [...columns, { name: 'genre', type: 'string' }];
    const result = { kind: 'table', key: ['isbn'], columns: more };
    expect(compareContract(promised, real(result))).toEqual([]);
  });

  it.each([
    [
      'another function',
      { kind: 'table', key: ['isbn'], columns },
      'lend',
      'There is no function loans; the code has lend',
    ],
    [
      'another kind of result',
      { kind: 'value' },
      'loans',
      'loans gives a value, and a table is promised',
    ],
    [
      'another key',
      { kind: 'table', columns },
      'loans',
      'loans has the key none, and isbn is promised',
    ],
    [
      'a column less',
      { kind: 'table', key: ['isbn'], columns: columns.slice(0, 1) },
      'loans',
      'loans has no column loans',
    ],
    [
      'another type',
      {
        kind: 'table',
        key: ['isbn'],
        columns: [columns[0], { name: 'loans', type: 'string' }],
      },
      'loans',
      'loans.loans is a string, and a Count is promised',
    ],
  ])('tells of %s', (_what, result, name, words) => {
    expect(compareContract(promised, real(result, name))).toEqual([words]);
  });
});
