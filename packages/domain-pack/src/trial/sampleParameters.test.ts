import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { sampleParameters } from './sampleParameters';

const schema = {
  type: 'object',
  required: ['symbols', 'rate', 'side'],
  properties: {
    symbols: {
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: '^[A-Z]{1,5}$', examples: ['AAPL'] },
    },
    rate: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    side: { enum: ['buy', 'sell'] },
    days: { type: 'integer', minimum: 0, maximum: 366 },
    on: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
    at: { type: 'string', format: 'date-time' },
    note: { type: 'string', maxLength: 5 },
    exact: { type: 'boolean' },
    place: {
      type: 'object',
      required: ['x'],
      properties: { x: { type: 'number' } },
    },
    version: { const: 2 },
  },
};

describe('sampleParameters', () => {
  const samples = sampleParameters(schema, 200);

  it('returns values that the schema allows', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    const validate = ajv.compile(schema);
    const wrong = samples.filter(sample => !validate(sample));
    expect(wrong).toEqual([]);
    expect(samples).toHaveLength(200);
  });

  it('is deterministic', () => {
    expect(sampleParameters(schema, 200)).toEqual(samples);
  });

  it('returns examples and further values, and omits optional parameters', () => {
    const symbols = samples.flatMap(sample => sample.symbols as string[]);
    expect(symbols).toContain('AAPL');
    expect(new Set(symbols).size).toBeGreaterThan(20);
    const withDays = samples.filter(sample => 'days' in sample);
    expect(withDays.length).toBeGreaterThan(0);
    expect(withDays.length).toBeLessThan(200);
  });

  const of = (one: object, required = ['one']) =>
    sampleParameters({ type: 'object', required, properties: { one } }, 10);

  it.each([
    ['far above nothing', { type: 'integer', minimum: 1900 }],
    ['far below it', { type: 'integer', maximum: -2000 }],
    ['without its bound', { type: 'integer', exclusiveMinimum: 0 }],
    ['long and of a pattern', { type: 'string', pattern: '^[ACGT]{250}$' }],
    [
      'short and of a pattern',
      { type: 'string', pattern: '^[a-z]+$', maxLength: 3 },
    ],
  ])('returns values that are %s', (_, one) => {
    expect(of(one).length).toBeGreaterThan(2);
  });

  it('returns nothing for a pattern that it cannot read', () => {
    const pattern = '(?P<year>[0-9]{4})';
    expect(of({ type: 'string', pattern })).toEqual([]);
  });

  it('returns nothing without parameters', () => {
    expect(sampleParameters({ type: 'object', properties: {} }, 5)).toEqual([]);
    expect(sampleParameters({}, 5)).toEqual([]);
  });
});
