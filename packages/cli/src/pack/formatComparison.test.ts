import { formatComparison } from './formatComparison';

describe('formatComparison', () => {
  it.each<[string, string | undefined, boolean, RegExp]>([
    [
      '0.2.0',
      '0.2.0',
      true,
      /^Version 0\.2\.0 is high enough for these changes/,
    ],
    [
      '0.3.0',
      '0.2.0',
      true,
      /^Version 0\.3\.0 is high enough .* is 0\.2\.0\.$/,
    ],
    ['0.1.0', '0.2.0', false, /^Version 0\.1\.0 is too low .* 0\.2\.0 or/],
    ['0.1.0', undefined, true, /^Nothing changed\.$/],
  ])('compares %s with the required %s', (version, needed, isRight, words) => {
    expect(formatComparison(version, { isRight, needed })).toMatch(words);
  });
});
