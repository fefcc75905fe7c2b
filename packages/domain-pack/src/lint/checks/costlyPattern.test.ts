import { costlyPattern } from './costlyPattern';

describe('costlyPattern', () => {
  it.each([
    '^(([a-zA-Z0-9-])+)+$',
    '^(a|a)*$',
    '^(\\w+\\s?)*$',
    '^([a-z]+)*@example\\.org$',
  ])('knows that %s doubles its time', pattern => {
    expect(costlyPattern(pattern)).toMatch(
      /doubles with each character of some inputs/,
    );
  });

  it.each(['^(?=a)(a+)+$', '^(a+)\\1+$'])(
    'says that nobody knows %s',
    pattern => {
      expect(costlyPattern(pattern)).toBe("can't be predicted");
    },
  );

  it('knows how fast other patterns grow', () => {
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
