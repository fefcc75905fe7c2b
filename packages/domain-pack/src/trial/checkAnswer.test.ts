import { checkAnswer } from './checkAnswer';

const rows = [
  { isbn: '1', loans: 0.1 + 0.2 },
  { isbn: '2', loans: 1 },
];
const failed = { error: { type: 'invalid-parameter', message: 'No.' } };

describe('checkAnswer', () => {
  it.each([
    [{ rows: 2, columns: ['isbn', 'loans'] }, { rows }],
    [{ first: { loans: 0.3 } }, { rows }],
    [{ rows: 0 }, { rows: [] }],
    [{ value: [1, { a: 2 }] }, { value: [1, { a: 2 }] }],
    [{ error: 'invalid-parameter' }, failed],
  ])('finds nothing wrong with %j of %j', (expected, answer) => {
    expect(checkAnswer(expected, answer)).toEqual([]);
  });

  it.each([
    [{ rows: 1 }, { rows }, 'The row count is 2; expected 1'],
    [
      { columns: ['loans', 'isbn'] },
      { rows },
      'The column list is ["isbn","loans"]; expected ["loans","isbn"]',
    ],
    [
      { first: { loans: 0.31 } },
      { rows },
      'loans of the first row is 0.30000000000000004; expected 0.31',
    ],
    [{ value: 2 }, { value: 3 }, 'The value is 3; expected 2'],
    [{ value: [1] }, { value: [1, 2] }, 'The value is [1,2]; expected [1]'],
    [{ rows: 1 }, failed, 'Failed with invalid-parameter: No.'],
    [
      { error: 'invalid-parameter' },
      { rows },
      'No error; expected invalid-parameter',
    ],
    [{ error: 'too-slow' }, failed, 'Failed with invalid-parameter: No.'],
  ])('reports %j that is not %j', (expected, answer, words) => {
    expect(checkAnswer(expected, answer)).toEqual([
      expect.stringContaining(words),
    ]);
  });
});
