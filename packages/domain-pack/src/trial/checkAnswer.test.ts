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
    [{ rows: 1 }, { rows }, 'The number of rows is 2, and 1 was expected'],
    [
      { columns: ['loans', 'isbn'] },
      { rows },
      'The list of columns is ["isbn","loans"], and ["loans","isbn"] was expected',
    ],
    [
      { first: { loans: 0.31 } },
      { rows },
      'loans of the first row is 0.30000000000000004, and 0.31 was expected',
    ],
    [{ value: 2 }, { value: 3 }, 'The value is 3, and 2 was expected'],
    [{ value: [1] }, { value: [1, 2] }, 'The value is [1,2], and [1]'],
    [{ rows: 1 }, failed, 'It failed: invalid-parameter, No.'],
    [
      { error: 'invalid-parameter' },
      { rows },
      'It did not fail, and invalid-parameter was expected',
    ],
    [{ error: 'too-slow' }, failed, 'It failed: invalid-parameter, No.'],
  ])('tells of %j that is not %j', (expected, answer, words) => {
    expect(checkAnswer(expected, answer)).toEqual([
      expect.stringContaining(words),
    ]);
  });
});
