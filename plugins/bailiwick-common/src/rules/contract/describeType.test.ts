import { describeType } from './describeType';

describe('describeType', () => {
  const month = { type: 'string', 'x-bailiwick': { vocabulary: 'Month' } };

  it.each([
    [month, 'Month'],
    [{ type: 'array', items: month }, 'list of Month'],
    [{ anyOf: [month, { type: 'null' }] }, 'Month'],
    [
      { anyOf: [{ type: 'integer' }, { type: 'string' }] },
      'whole number or text',
    ],
    [{ type: 'boolean' }, 'true or false'],
    [{ type: 'array' }, 'list of anything'],
    [{}, 'anything'],
  ])('describes %j as %s', (schema, words) => {
    expect(describeType(schema)).toBe(words);
  });
});
