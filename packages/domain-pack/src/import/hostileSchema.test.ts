import { PackError } from '../problem/Problem';
import { importSchema } from './importSchema';

describe('a schema that is refused', () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [
      `d${at}`,
      {
        properties: {
          a: { $ref: `#/definitions/d${at + 1}` },
          b: { $ref: `#/definitions/d${at + 1}` },
        },
      },
    ]),
  );
  const deep = (depth: number): unknown =>
    depth === 0 ? { type: 'string' } : { properties: { a: deep(depth - 1) } };
  const text = (schema: unknown) => JSON.stringify(schema, undefined, 2);
  const of = (one: unknown, rest = {}) =>
    text({ ...rest, properties: { one } });

  it.each<[string, string, number, RegExp]>([
    ['no JSON', '{\n  "a": 1,\n  b\n}', 3, /Invalid JSON:/],
    ['JSON that ends early', '{\n  "a": [', 2, /Invalid JSON:/],
    ['a list', '[]', 1, /The schema is not an object/],
    ['null', 'null', 1, /The schema is not an object/],
    ['nothing to fill in', '{"type": "object"}', 1, /has no properties/],
    [
      'a key twice',
      '{"properties": {\n"a": {"type": "string"},\n"a": {"type": "string"}}}',
      3,
      /unique/,
    ],
    [
      'too much text',
      text({ a: 'x'.repeat(400_001) }),
      1,
      /Longer than 400000 characters/,
    ],
    [
      'a key that reaches what all objects share',
      '{"properties": {\n"__proto__": {"type": "string"}}}',
      2,
      /"__proto__" is not allowed/,
    ],
    [
      'such a key deep within',
      of({ type: 'string', default: { constructor: { admin: true } } }),
      6,
      /"constructor" is not allowed/,
    ],
    [
      'a reference to another host',
      of({ $ref: 'https://example.org/schema.json' }),
      4,
      /not a place in this file/,
    ],
    ['a reference to a file', of({ $ref: 'other.json#/a' }), 4, /not a place/],
    [
      'a reference to nothing',
      of({ $ref: '#/definitions/a' }),
      4,
      /\/properties\/one\/\$ref refers to "#\//,
    ],
    [
      'a reference to what all objects share',
      of({ $ref: '#/toString' }),
      4,
      /\/properties\/one\/\$ref refers to "#\//,
    ],
    ['a reference that is no text', of({ $ref: 1 }), 4, /not a place/],
    [
      'a reference with a broken escape',
      of({ $ref: '#/%' }),
      4,
      /\/properties\/one\/\$ref refers to "#\/%", which is not a JSON Pointer/,
    ],
    ['a circle', of({ $ref: '#' }), 4, /is circular/],
    [
      'a circle of two',
      of(
        { $ref: '#/definitions/a' },
        {
          definitions: {
            a: { $ref: '#/definitions/b' },
            b: { $ref: '#/definitions/a' },
          },
        },
      ),
      7,
      /is circular/,
    ],
    [
      'a circle through a list',
      of(
        { $ref: '#/definitions/a' },
        {
          definitions: {
            a: { type: 'array', items: { $ref: '#/definitions/a' } },
          },
        },
      ),
      6,
      /is circular/,
    ],
    [
      'references that multiply',
      of(
        { $ref: '#/definitions/d0' },
        { definitions: { ...doubling, d20: { type: 'string' } } },
      ),
      expect.any(Number),
      /Objects are nested more than 10 levels deep/,
    ],
    [
      'objects too deep',
      text(deep(11)),
      23,
      /Objects are nested more than 10 levels deep/,
    ],
    [
      'brackets without end',
      `{"allOf":[`.repeat(20_000) + ']}'.repeat(20_000),
      1,
      /Nested too deeply/,
    ],
    [
      'too many parameters',
      text({
        properties: Object.fromEntries(
          Array.from({ length: 501 }, (_, at) => [`p${at}`, { type: 'null' }]),
        ),
      }).replaceAll('"null"', '"string"'),
      1,
      /501 parameters/,
    ],
    ['a property that is no schema', of('text'), 3, /is not an object/],
    ['properties that are a list', '{"properties": []}', 1, /is not an object/],
    [
      'a title that is no text',
      of({ type: 'string', title: 1 }),
      5,
      /\/properties\/one\/title is not a string/,
    ],
    [
      'a keyword with a value that is none',
      of({ type: 'string', minLength: 'x' }),
      3,
      /is not valid JSON Schema: .*minLength/,
    ],
    ['only what a form cannot ask', of({ type: 'object' }), 1, /No property/],
  ])('%s', (_name, schema, line, words) => {
    let thrown: unknown;
    try {
      importSchema('schema.json', schema);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PackError);
    const [problem] = (thrown as PackError).problems;
    expect(problem).toMatchObject({ file: 'schema.json', line });
    expect(problem.what).toMatch(words);
    expect(problem.remedy).toMatch(/./);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});
