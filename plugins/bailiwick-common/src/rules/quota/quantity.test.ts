import { quantityToNumber, ratio } from './quantity';

describe('quantityToNumber', () => {
  it.each([
    ['0', 0],
    ['2', 2],
    ['0.5', 0.5],
    ['500m', 0.5],
    ['1k', 1000],
    ['1Ki', 1024],
    ['4Gi', 4 * 1024 ** 3],
    ['1.5Mi', 1.5 * 1024 ** 2],
    ['2T', 2e12],
  ])('reads %s', (text, number) => {
    expect(quantityToNumber(text)).toBeCloseTo(number, 9);
  });

  it.each(['', 'x', '-1', '1 Gi', '1gi', '1e3', '.5'])('refuses "%s"', text => {
    expect(() => quantityToNumber(text)).toThrow('is not a quantity');
  });
});

describe('ratio', () => {
  it('compares quantities of different units', () => {
    expect(ratio('512Mi', '1Gi')).toBe(0.5);
    expect(ratio('250m', '1')).toBe(0.25);
  });

  it('is 0 when nothing is allowed', () => {
    expect(ratio('1', '0')).toBe(0);
  });
});
