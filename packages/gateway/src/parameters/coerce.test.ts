import { coerce, type ParameterSchema } from './coerce';

describe('coerce', () => {
  it.each<[string[], ParameterSchema, unknown]>([
    [['x'], {}, 'x'],
    [['5'], { type: 'string' }, '5'],
    [['5'], { type: 'integer' }, 5],
    [['-5'], { type: 'integer' }, -5],
    [['9007199254740993'], { type: 'integer' }, 9007199254740993n],
    [['-9223372036854775808'], { type: 'number' }, -9223372036854775808n],
    [
      ['{"a":[9007199254740993]}'],
      { type: 'object' },
      { a: [9007199254740993n] },
    ],
    [['1e-3'], { type: 'number' }, 0.001],
    [['true'], { type: 'boolean' }, true],
    [['false'], { type: 'boolean' }, false],
    [
      ['a', 'b,c'],
      { type: 'array', items: { type: 'string' } },
      ['a', 'b', 'c'],
    ],
    [[''], { type: 'array' }, []],
    [['1,2'], { type: 'array', items: { type: 'integer' } }, [1, 2]],
    [['2'], { enum: [1, 2] }, 2],
    [['buy'], { type: 'string', enum: ['buy', 'sell'] }, 'buy'],
    [['{"a":1}'], { type: 'object' }, { a: 1 }],
    [['7'], { anyOf: [{ type: 'string' }, { type: 'integer' }] }, 7],
    [['x'], { anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'x'],
    [['null'], { type: ['integer', 'null'] }, null],
  ])('reads %j as %j', (texts, schema, value) => {
    expect(coerce(texts, schema)).toEqual(value);
  });

  it.each<[string[], ParameterSchema, string]>([
    [['x'], { type: 'integer' }, 'a whole number'],
    [['1.5'], { type: 'integer' }, 'a whole number'],
    [[''], { type: 'number' }, 'a number'],
    [['0x10'], { type: 'number' }, 'a number'],
    [['Infinity'], { type: 'number' }, 'a number'],
    [['yes'], { type: 'boolean' }, 'true or false'],
    [['a,x'], { type: 'array', items: { type: 'integer' } }, 'a whole number'],
    [['a', 'b'], { type: 'string' }, 'one value'],
    [['hold'], { enum: ['buy', 'sell'] }, 'one of buy, sell'],
    [['['], { type: 'object' }, 'a JSON object'],
    [
      ['x'],
      { type: ['integer', 'boolean'] },
      'a whole number or true or false',
    ],
  ])('refuses %j for %j', (texts, schema, expected) => {
    expect(() => coerce(texts, schema)).toThrow(expected);
  });
});
