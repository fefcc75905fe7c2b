import { BadODataError, NotImplementedError } from './errors';
import type { Expression } from './expression';
import { parseExpression } from './parseExpression';

const context = {
  option: '$filter',
  aliases: new Map([
    ['@p', "'x'"],
    ['@bad', 'a eq 1'],
  ]),
};

/** Returns an expression with all parentheses. */
function show(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return expression.type === 'Edm.String'
        ? JSON.stringify(expression.text)
        : `${expression.text}${
            expression.type ? `:${expression.type.slice(4)}` : ''
          }`;
    case 'property':
      return expression.name;
    case 'call':
      return `${expression.name}(${expression.args.map(show).join(', ')})`;
    case 'binary':
      return `(${show(expression.left)} ${expression.operator} ${show(
        expression.right,
      )})`;
    default:
      return `(${expression.kind} ${show(expression.operand)})`;
  }
}

const parse = (text: string) => show(parseExpression(text, context));

describe('parseExpression', () => {
  it.each([
    ["a eq 'x'", '(a eq "x")'],
    ["a eq 'O''Neil'", `(a eq "O'Neil")`],
    ["a eq ''", '(a eq "")'],
    ['a eq null', '(a eq null)'],
    [
      'a ne 1 and b lt 2.5 or c',
      '(((a ne 1:Int64) and (b lt 2.5:Decimal)) or c)',
    ],
    ['a or b and c', '(a or (b and c))'],
    ['(a or b) and c', '((a or b) and c)'],
    ['not a and b', '((not a) and b)'],
    ['not (a eq 1)', '(not (a eq 1:Int64))'],
    ['a add 1 mul 2 gt 3', '((a add (1:Int64 mul 2:Int64)) gt 3:Int64)'],
    ['a sub b sub c eq 0', '(((a sub b) sub c) eq 0:Int64)'],
    ['a eq -1', '(a eq -1:Int64)'],
    ['-a lt -b', '((negate a) lt (negate b))'],
    ['a gt b eq c lt d', '((a gt b) eq (c lt d))'],
    ['a eq 1e3', '(a eq 1e3:Double)'],
    ['a eq -INF or a eq NaN', '((a eq -INF:Double) or (a eq NaN:Double))'],
    ['d ge 2026-01-31', '(d ge 2026-01-31:Date)'],
    [
      'd ge 2026-01-31T10:00:00.5+02:00',
      '(d ge 2026-01-31T10:00:00.5+02:00:DateTimeOffset)',
    ],
    ['t eq 10:30:00', '(t eq 10:30:00:TimeOfDay)'],
    ["t eq duration'PT1H'", '(t eq PT1H:Duration)'],
    [
      'g eq 01234567-89ab-cdef-0123-456789abcdef',
      '(g eq 01234567-89ab-cdef-0123-456789abcdef:Guid)',
    ],
    ['a eq @p', '(a eq "x")'],
    ['a eq @missing', '(a eq null)'],
    [
      "contains(tolower(a), 'x,)') and substring(a, 1) eq concat('(', b)",
      '(contains(tolower(a), "x,)") and (substring(a, 1:Int64) eq concat("(", b)))',
    ],
    ['a eq +1 and b lt +1.5e+2', '((a eq 1:Int64) and (b lt 1.5e+2:Double))'],
    ['a eq TRUE', '(a eq true:Boolean)'],
    ['Größe gt 1', '(Größe gt 1:Int64)'],
    ['nullable eq trueish', '(nullable eq trueish)'],
  ])('parses %s', (text, expected) => {
    expect(parse(text)).toBe(expected);
  });

  it.each([
    ['', 'expected a value, a property or a function, got the end'],
    ['a eq', 'expected a value, a property or a function, got the end'],
    ['a eq 1)', 'expected the end at character 7, got ")"'],
    ['(a eq 1', 'expected ")", got the end'],
    ['a = 1', '$filter: expected the end at character 3, got "="'],
    ["a eq 'x", `$filter is invalid at character 6: "'x"`],
    ['a b', 'expected the end at character 3, got "b"'],
    ['a eq 1 2', 'expected the end'],
    ['contains(a)', 'contains takes 2 parameters, not 1'],
    ["substring('a')", 'substring takes 2 or 3 parameters, not 1'],
    [
      'a eq @bad',
      "@bad must be one literal, such as 'text', 1.5 or 2026-01-31",
    ],
    ['a eq 1; DROP TABLE x', '$filter is invalid at character 7'],
    [
      'a eq "x"',
      '$filter is invalid at character 6: "\\"x\\""; write texts in single quotes',
    ],
    ['a > 1', '"> 1"; compare with eq, ne, gt, ge, lt or le'],
    [' a eq 1', '$filter begins with white space; remove it'],
    ['5+3 eq 8', '$filter is invalid at character 2'],
  ])('rejects %s', (text, message) => {
    expect(() => parse(text)).toThrow(BadODataError);
    expect(() => parse(text)).toThrow(message);
  });

  it.each([
    'geo.distance(a, b) lt 1',
    'cast(a, Edm.Int32) eq 1',
    'a/b eq 1',
    'items/any(i: i gt 1)',
    'unknown(a) eq 1',
    "a in ('x', 'y')",
    'a has b',
    'a divby 2 eq 1',
    'a EQ 1',
    'Model.Price eq 1',
    '$it eq 1',
    'items/$count gt 1',
    "a in ['x']",
    'a eq {"x":1}',
    "a eq Model.Colour'Red'",
    "a eq binary'Zg'",
    "@Core.Messages eq 'x'",
  ])('does not support %s', text => {
    expect(() => parse(text)).toThrow(NotImplementedError);
  });

  it('limits length and depth, not the number of operators', () => {
    expect(() => parse(`a eq '${'x'.repeat(100_000)}'`)).toThrow(
      'at most 16384 are supported',
    );
    expect(() => parse('('.repeat(5_000))).toThrow(
      'nested more than 100 levels',
    );
    expect(() => parse(`${'not '.repeat(3_000)}a`)).toThrow('nested more than');
    const long = Array(1_500).fill('a eq 1').join(' or ');
    expect(parse(long)).toContain('(a eq 1:Int64)');
  });
});
