import { parseExact, stringifyExact } from './exactJson';

const exact = [
  '9007199254740993',
  '-9223372036854775808',
  '[{"a":{"b":[18446744073709551615]}}]',
  '{"id":9007199254740993,"text":"9007199254740993","x":0.1234567890123456789e3}',
  '["a \\"9007199254740993\\" b",9007199254740993]',
];

describe('exact JSON', () => {
  it.each(exact.filter(text => !text.includes('0.1')))(
    'keeps every digit of %s',
    text => {
      expect(stringifyExact(parseExact(text))).toBe(text);
    },
  );

  it('reads numbers that are exact as numbers', () => {
    expect(
      parseExact('[9007199254740991,1e21,1.5,0.1234567890123456]'),
    ).toEqual([9007199254740991, 1e21, 1.5, 0.1234567890123456]);
  });

  it('leaves texts and fractions alone', () => {
    expect(parseExact(exact[3])).toEqual({
      id: 9007199254740993n,
      text: '9007199254740993',
      x: 123.45678901234568,
    });
  });

  it.each([
    '0012345678901234567',
    '[9007199254740993',
    '9007199254740993.',
    'x',
  ])('refuses %s, which is no JSON', text => {
    expect(() => parseExact(text)).toThrow(SyntaxError);
  });
});
