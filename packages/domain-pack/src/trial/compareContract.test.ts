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
const vocabulary = [{ name: 'Isbn' }, { name: 'Count', unit: 'pieces' }];
const compare = (functions: never, contract: never) =>
  compareContract({ functions }, contract, vocabulary);

describe('compareContract', () => {
  it('accepts the promised contract, and more', () => {
    const more = [...columns, { name: 'genre', type: 'string' }];
    const result = { kind: 'table', key: ['isbn'], columns: more };
    expect(compare(promised as never, real(result))).toEqual([]);
  });

  it('holds a stream to its columns and key as a table', () => {
    const [{ name, result }] = promised;
    const stream = [{ name, result: { ...result, kind: 'stream' as const } }];
    const made = { ...result, kind: 'stream' };
    expect(compare(stream as never, real(made))).toEqual([]);
    expect(compare(stream as never, real(result))).toEqual([
      'loans returns a table; the contract promises a stream',
    ]);
    expect(compare(stream as never, real({ ...made, columns: [] }))).toEqual([
      'loans has no column isbn',
      'loans has no column loans',
    ]);
  });

  it('reports checks and verbs of the contract that the code lacks', () => {
    const [{ name, result }] = promised;
    const tended = { functions: promised, checks: ['whole'], verbs: ['renew'] };
    const contract = {
      functions: [{ name, parameters: {}, result }],
      checks: [{ name: 'whole' }],
    } as never;
    expect(compareContract(tended, contract, vocabulary)).toEqual([
      'The verb renew does not exist; write @verb above its function',
    ]);
  });

  it('names the place of each part of the contract', () => {
    const made = { kind: 'table', key: [], columns: columns.slice(0, 1) };
    const placed = compareContract(
      { functions: promised },
      real(made),
      vocabulary,
      place => `${place.join('.')}: `,
    );
    expect(placed).toEqual([
      'functions.0.result.key: loans has the key none, and isbn is promised',
      'functions.0.result.columns.1: loans has no column loans',
    ]);
  });

  it.each([
    [
      'another function',
      { kind: 'table', key: ['isbn'], columns },
      'lend',
      'The function loans does not exist; the code has lend',
    ],
    [
      'a column that may be empty',
      {
        kind: 'table',
        key: ['isbn'],
        columns: [columns[0], { ...columns[1], nullable: true }],
      },
      'loans',
      'loans.loans is nullable, but the contract promises a value: write nullable: true, or always return a value',
    ],
    [
      'another kind of result',
      { kind: 'value' },
      'loans',
      'loans returns a value; the contract promises a table',
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
      'a column under a misspelt name',
      {
        kind: 'table',
        key: ['isbn'],
        columns: [columns[0], { ...columns[1], name: 'laons' }],
      },
      'loans',
      'loans has no column loans; the code has laons',
    ],
    [
      'another unit',
      {
        kind: 'table',
        key: ['isbn'],
        columns: [columns[0], { ...columns[1], unit: 'dozens' }],
      },
      'loans',
      'loans.loans is in dozens, but Count is in pieces: convert the values or define another vocabulary type',
    ],
    [
      'another type',
      {
        kind: 'table',
        key: ['isbn'],
        columns: [columns[0], { name: 'loans', type: 'string' }],
      },
      'loans',
      'loans.loans has the type string; the contract promises Count',
    ],
  ])('reports %s', (_what, result, name, words) => {
    expect(compare(promised as never, real(result, name))).toEqual([words]);
  });
});
