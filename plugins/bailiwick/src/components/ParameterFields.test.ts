import { fieldsOf, readFields } from './ParameterFields';

describe('readFields', () => {
  const read = (schema: object, text: string) => {
    const fields = fieldsOf({ properties: { it: schema } });
    return readFields(fields, { it: text });
  };
  const list = (type: string) => ({ type: 'array', items: { type } });

  it.each([
    [{ type: 'string' }, '42', '42'],
    [{ type: 'integer' }, '42', 42],
    [{ type: 'number' }, '4.5', 4.5],
    [{ type: 'boolean' }, 'true', true],
    [{ enum: ['a', 2] }, '2', 2],
    [list('string'), 'IBM, AAPL', ['IBM', 'AAPL']],
    [list('number'), '1,2.5', [1, 2.5]],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, '7', 7],
    [{ anyOf: [list('string'), { type: 'null' }] }, 'IBM', ['IBM']],
    [{ type: 'object' }, '{"a": 1}', { a: 1 }],
    [{ type: 'string', pattern: '^[A-Z]+$' }, ' IBM ', 'IBM'],
    [{ type: 'string', pattern: '(?P<year>x)' }, 'y', 'y'],
  ])('reads %j from %j', (schema, text, value) => {
    expect(read(schema, text)).toEqual({
      isValid: true,
      parameters: { it: value },
      wrong: [],
    });
  });

  it.each([
    [{ type: 'integer' }, '4.5'],
    [{ type: 'number' }, 'four'],
    [{ enum: ['a'] }, 'b'],
    [{ type: 'string', pattern: '^[A-Z]+$' }, 'ibm'],
    [
      { type: 'array', items: { type: 'string', pattern: '^[A-Z]+$' } },
      'IBM, x',
    ],
    [list('integer'), '1, x'],
    [list('string'), 'IBM,'],
    [{ type: 'object' }, '{'],
  ])('reads no %j from %j', (schema, text) => {
    expect(read(schema, text)).toEqual({
      isValid: false,
      parameters: {},
      wrong: ['it'],
    });
  });

  it('omits empty fields, and needs required ones', () => {
    const schema = { properties: { it: { type: 'string' } } };
    expect(readFields(fieldsOf(schema), {}).isValid).toBe(true);
    const required = fieldsOf({ ...schema, required: ['it'] });
    expect(readFields(required, {}).isValid).toBe(false);
  });
});
