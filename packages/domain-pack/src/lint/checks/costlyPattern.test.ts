import { costlyPattern } from './costlyPattern';

describe('costlyPattern', () => {
  it.each([
    '^(([a-zA-Z0-9-])+)+$',
    '^(a|a)*$',
    '^(\\w+\\s?)*$',
    '^([a-z]+)*@example\\.org$',
  ])('recognizes that %s has exponential time', pattern => {
    expect(costlyPattern(pattern)).toMatch(
      /doubles with each character of some inputs/,
    );
  });

  it.each(['^(?=a)(a+)+$', '^(a+)\\1+$'])(
    'reports that %s cannot be judged',
    pattern => {
      expect(costlyPattern(pattern)).toBe("can't be predicted");
    },
  );

  it('estimates the growth of other patterns', () => {
    expect(costlyPattern('^.*a.*b.*c$')).toMatch(/to the power of [34]$/);
  });

  it.each([
    '^97[89][0-9]{10}$',
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$',
    '^[^@]+@[^@]+\\.[^@]+$',
    '^(\\d{1,3}\\.){3}\\d{1,3}$',
    '^\\p{L}+$',
    // Told elsewhere.
    '(a',
  ])('has nothing against %s', pattern => {
    expect(costlyPattern(pattern)).toBeUndefined();
  });
});
